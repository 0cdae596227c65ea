using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Misbehaving;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.Faults;

public sealed class InterruptedStartTests
{
    [Theory]
    [InlineData("trap 'exit 0' TERM; echo starting; while :; do read line < /dev/null; done", null)]
    [InlineData("trap 'exit 7' TERM; echo starting; while :; do read line < /dev/null; done", "left with exit code 7 (shell: 7), which is not accepted (--accept-exit).")]
    [InlineData("trap '' TERM; echo starting; while :; do read line < /dev/null; done", "was still there after the grace of 0.5 s and was killed.")]
    public async Task Run_ProgramIsToldWhileItStarts_ItMustLeaveInTimeWithAnAcceptedCode(string script, string? failure)
    {
        RehearseSettings settings = Settings.Read("--grace", "0.5", "--fault", "early-signal=0");
        ProgramProcess program = Shell.Start(script);
        await program.Output.WaitForLineAsync("starting", CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        FaultRecord record = await RunAsync(settings, program);

        Assert.Equal(1, record.Played);
        Assert.Equal(failure is null, record.Failure is null);
        Assert.Contains(failure ?? "", record.Failure ?? "");
        Assert.True(program.Exited.IsCompleted);
    }

    [Fact]
    public async Task Run_ProgramHadEnded_SaysSoAndPlaysNothing()
    {
        ProgramProcess program = Shell.Start("exit 0");
        await Shell.EndOfAsync(program);

        FaultRecord record = await RunAsync(Settings.Read("--fault", "early-signal"), program);

        Assert.Equal((0, null), (record.Played, record.Failure));
    }

    private static Task<FaultRecord> RunAsync(RehearseSettings settings, ProgramProcess program) =>
        new InterruptedStart(settings.Faults[0], settings, TimeProvider.System)
            .RunAsync(program, TimeSpan.Zero, draw: 0.5, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
}
