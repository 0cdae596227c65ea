namespace Adapters.Tests.Contract;

/// <summary>What every adapter keeps, whatever its server does.</summary>
[Trait("Size", "Full")]
public abstract class AdapterContract
{
    [Fact]
    public async Task Drain_UnitIsInFlight_FinishesAndIsDone()
    {
        // Arrange
        var leaving = new Leaving();
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await adapter.BeginAsync("one");

        // Act
        await leaving.BeginAsync();
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, report.ExitCode);
        Assert.True(await adapter.IsDoneAsync("one"));
    }

    [Fact]
    public async Task Deadline_UnitIsInFlight_IsHandedBackAndNotDone()
    {
        // Arrange
        var leaving = new Leaving();
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await adapter.BeginAsync("one");

        // Act
        await leaving.BeginAsync();
        leaving.Cut();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, report.ExitCode);
        Assert.True(Assert.Single(report.Abandoned).Ended);
        Assert.True(await adapter.IsBackAsync("one"));
    }

    [Fact]
    public async Task Closed_WorkIsOffered_NothingIsBegun()
    {
        // Arrange
        var leaving = new Leaving();
        await using IAdapterUnderTest adapter = await StartAsync(leaving);

        // Act
        await leaving.StopAsync();

        // Assert
        Assert.False(await adapter.OfferAsync("late"));
    }

    [Fact]
    public async Task Drain_LastsLong_SignsOfLifeGoOnUntilTheLastUnitIsSettled()
    {
        // Arrange
        var leaving = new Leaving();
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await adapter.BeginAsync("one");

        // Act
        await leaving.BeginAsync();
        await adapter.SignsOfLifeAsync();
        adapter.Finish();
        await leaving.ReportAsync();

        // Assert
        Assert.True(await adapter.IsDoneAsync("one"));
    }

    [Fact]
    public async Task Drain_ServerDiesInTheMiddle_LeavesAndTheUnitIsBack()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await adapter.BeginAsync("one");

        // Act
        await leaving.BeginAsync();
        adapter.CutNetwork();
        adapter.Finish();
        ShutdownReport report = await leaving.ReportAsync();

        // Assert
        Assert.True(report.Duration < report.GracePeriod);
        Assert.True(await adapter.IsBackAsync("one"));
    }

    [Fact]
    public async Task Signal_NetworkHangs_LeavesInsideTheGraceAndSaysWhoWasStuck()
    {
        // Arrange
        var leaving = new Leaving(realTime: true);
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await adapter.BeginAsync("one");
        adapter.HangNetwork();

        // Act
        ShutdownReport report = await leaving.StopAsync();

        // Assert
        Assert.True(report.Duration < report.GracePeriod);
        Assert.NotEqual(ShutdownExitCode.Clean, report.ExitCode);
        Assert.NotEmpty(report.Abandoned);
    }

    [Fact]
    public async Task Release_Again_IsHarmless()
    {
        // Arrange
        var leaving = new Leaving();
        await using IAdapterUnderTest adapter = await StartAsync(leaving);
        await leaving.StopAsync();

        // Act, Assert: it throws nothing
        await adapter.ReleaseAgainAsync();
    }

    /// <summary>Starts the adapter under test, with a part in the shutdown.</summary>
    private protected abstract Task<IAdapterUnderTest> StartAsync(Leaving leaving);
}
