namespace Adversaries.Tests;

/// <summary>What comes from outside: a frozen runtime's last resort in hard surroundings, and a process that is stopped for a while.</summary>
[Trait("Size", "Full")]
public sealed class OutsideTests
{
    private const int EndedByAlarm = 128 + 14, ExitedByAlarm = 14;

    [Fact]
    public Task Sigterm_RuntimeIsFrozen_IsEndedByTheKernel() => HoldAsync(EndedByAlarm);

    [Fact]
    public Task Sigterm_RuntimeIsFrozenAndAlarmIsIgnored_IsEndedByTheKernel() => HoldAsync(EndedByAlarm, "env", "--ignore-signal=ALRM");

    [Fact]
    public Task Sigterm_RuntimeIsFrozenAndAlarmIsBlocked_IsEndedByTheKernel() => HoldAsync(EndedByAlarm, "env", "--block-signal=ALRM");

    [Fact]
    public Task Sigterm_RuntimeIsFrozenAsProcessOne_IsEndedByTheKernel()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A namespace of its own can be made by root only.");
        return HoldAsync(ExitedByAlarm, "unshare", "--pid", "--fork", "--kill-child");
    }

    /// <summary>Shorter than the margin, and over the deadline: the watchdog is late, and still before the grace.</summary>
    [Fact]
    public Task Sigstop_OverTheDeadline_EndsBeforeTheGraceAllTheSame() => Repetitions.RunAsync(async () =>
    {
        // Arrange
        await using var process = new AdversaryProcess("plain", "HungMain");
        await process.ReadyAsync();

        // Act
        Task<int> ending = process.TerminateAsync();
        await Task.Delay(TimeSpan.FromSeconds(5.2), TimeProvider.System);
        process.Send(AdversaryProcess.Stop);
        await Task.Delay(TimeSpan.FromSeconds(0.6), TimeProvider.System);
        process.Send(AdversaryProcess.Continue);

        // Assert
        Assert.Equal(ShutdownExitCode.DeadlineEnforced, await ending);
    });

    private static Task HoldAsync(int exitCode, params string[] through) => Repetitions.RunAsync(async () =>
    {
        await using var process = new AdversaryProcess("plain", "FrozenManagedCode", new Launch { Through = through });
        await process.ReadyAsync(launcherStays: through is ["unshare", ..]);
        Assert.Equal(exitCode, await process.TerminateAsync());
    });
}
