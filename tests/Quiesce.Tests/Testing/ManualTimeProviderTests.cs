using Quiesce.Testing;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_SeveralTimersDue_FireInOrderAtTheirInstants()
    {
        // Arrange
        DateTimeOffset start = _time.GetUtcNow();
        foreach (int seconds in new[] { 3, 1, 2 })
        {
            Create(() => _fired.Add($"{seconds} at {(_time.GetUtcNow() - start).TotalSeconds}"), seconds);
        }

        // Act
        _time.Advance(TimeSpan.FromSeconds(2.5));

        // Assert
        Assert.Equal(["1 at 1", "2 at 2"], _fired);
    }

    [Fact]
    public void Advance_CallbackArmsATimerOnTheWay_FiresItToo()
    {
        // Arrange
        Create(() => Create(() => _fired.Add("second"), 1), 1);

        // Act
        _time.Advance(TimeSpan.FromSeconds(2));

        // Assert
        Assert.Equal(["second"], _fired);
    }

    [Fact]
    public void AdvanceToNextTimer_TwoAreArmed_FiresTheEarlierAtItsInstant()
    {
        // Arrange
        foreach (int seconds in new[] { 3, 1 }) { Create(() => _fired.Add($"{seconds} at {(_time.GetUtcNow() - ManualTimeProvider.Start).TotalSeconds}"), seconds); }

        // Act
        bool[] moved = [_time.AdvanceToNextTimer(), _time.AdvanceToNextTimer(), _time.AdvanceToNextTimer()];

        // Assert
        Assert.Equal([true, true, false], moved);
        Assert.Equal(["1 at 1", "3 at 3"], _fired);
    }

    [Fact]
    public void Timer_Disposed_NeverFiresAndCannotBeRevived()
    {
        // Arrange
        ITimer timer = Create(() => _fired.Add("timer"), 1);
        timer.Dispose();

        // Act
        bool changed = timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(2));

        // Assert
        Assert.False(changed);
        Assert.Empty(_fired);
    }

    [Fact]
    public async Task Timer_DueAtOnceWithAPeriod_GoesOn()
    {
        // Arrange
        using var fired = new SemaphoreSlim(0);
        await using ITimer timer = _time.CreateTimer(_ => fired.Release(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(await fired.WaitAsync(TestTimeouts.Hang));

        // Act
        _time.Advance(TimeSpan.FromSeconds(2));

        // Assert
        Assert.Equal(2, fired.CurrentCount);
    }

    [Fact]
    public async Task WaitForTimerAsync_ArmedLater_CompletesThen()
    {
        // Arrange
        Task armed = _time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        Create(static () => { }, 4);
        bool tooEarly = armed.IsCompleted;

        // Act
        Create(static () => { }, 5);
        await armed.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.False(tooEarly);
        Assert.True(_time.WaitForTimerAsync(TimeSpan.FromSeconds(4)).IsCompleted);
    }

    [Fact]
    public void GetTimestamp_OddFrequency_AgreesWithElapsedTime()
    {
        // Arrange
        var time = new ManualTimeProvider(timestampFrequency: 1_000_003);
        long began = time.GetTimestamp();

        // Act
        time.Advance(TimeSpan.FromSeconds(10));

        // Assert
        Assert.Equal(10_000_030, time.GetTimestamp() - began);
        Assert.Equal(TimeSpan.FromSeconds(10), time.GetElapsedTime(began));
    }

    private ITimer Create(Action callback, double seconds) =>
        _time.CreateTimer(_ => callback(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
