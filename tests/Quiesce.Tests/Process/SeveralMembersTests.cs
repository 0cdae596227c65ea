using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Process;

/// <summary>Several hosts in one process: one exit code, one deadline.</summary>
public sealed class SeveralMembersTests
{
    private readonly ProcessUnderTest _process = new();

    [Fact]
    public async Task Owner_TwoMembersLoseSomething_TheWeightiestCodeCountsWhoeverIsLast()
    {
        // Arrange
        ProcessShutdown losesWork = _process.StartedMember();
        losesWork.Shutdown.OnDrain("queue", static _ => throw new InvalidOperationException());
        ProcessShutdown leaks = _process.StartedMember();
        TaskCompletionSource last = Completion.New();
        leaks.Shutdown.OnRelease("pool", async _ =>
        {
            await last.Task;
            throw new InvalidOperationException();
        });

        // Act
        _process.Signals.Raise(ShutdownSignal.Terminate);
        await losesWork.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);
        last.SetResult();
        await leaks.Shutdown.Completion.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, _process.End.ExitCodes.Last());
    }
}
