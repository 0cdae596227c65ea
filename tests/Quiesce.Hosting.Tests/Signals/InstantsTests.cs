namespace Quiesce.Hosting.Tests.Signals;

/// <summary>A signal or a failure at each instant of a program's life. Start-up is with the misbehaving hosts.</summary>
public sealed class InstantsTests
{
    [Fact]
    public async Task Sigterm_BeforeBuild_EndsTheProcessInTheKernelsWay()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "before-build");
        await child.Output.ContainingAsync("before Build");

        // Act
        child.Send(ShutdownSignal.Terminate);

        // Assert: nothing had begun; decision 0003
        Assert.Equal(128 + (int)ShutdownSignal.Terminate, await child.ExitAsync());
        Assert.DoesNotContain("Unhandled exception", child.Output.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_AgainDuringDisposal_LetsTheDisposalEnd()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "slow-dispose");
        await child.Output.ContainingAsync("Application started");
        child.Send(ShutdownSignal.Terminate);
        await child.Output.ContainingAsync("disposing");

        // Act
        child.Send(ShutdownSignal.Terminate);
        child.Send(ShutdownSignal.Interrupt);
        child.WriteLine("go on");

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await child.ExitAsync());
        Assert.Contains("disposed", child.Output.Snapshot());
    }

    [Fact]
    public async Task Request_FromCode_StopsAsASignalDoes()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "requests");
        await child.Output.ContainingAsync("Application started");

        // Act
        child.WriteLine("go on");

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await child.ExitAsync());
        Assert.Contains("ledger disposed", child.Output.Snapshot());
        Assert.Contains("Shutdown began (the input).", child.Output.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackgroundService_Throws_ReleasesAndSaysThatTheProgramFailed()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "failing-worker");
        await child.Output.ContainingAsync("Application started");

        // Act
        child.WriteLine("go on");

        // Assert
        Assert.Equal(ShutdownExitCode.ProgramFailed, await child.ExitAsync());
        Assert.Contains("ledger disposed", child.Output.Snapshot());
    }

    [Fact]
    public async Task Thread_Throws_SaysThatNothingIsReleasedBeforeTheRuntimeEndsTheProcess()
    {
        // Arrange
        await using ChildProcess child = ChildProcess.Start("HostProgram", "crashing-thread");
        await child.Output.ContainingAsync("Application started");

        // Act
        child.WriteLine("go on");

        // Assert: 128 plus SIGABRT is the runtime's own end
        Assert.Equal(134, await child.ExitAsync());
        Assert.Contains(
            "Quiesce: the process crashes (System.InvalidOperationException) with 0 units of work in flight; no phase runs, nothing is released.",
            child.Output.Snapshot());
    }
}
