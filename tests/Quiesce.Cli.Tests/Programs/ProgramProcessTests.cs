using System.Diagnostics;
using System.Globalization;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Programs;

public sealed class ProgramProcessTests
{
    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 80", 80, null)]
    [InlineData("exit 143", 143, null)]
    [InlineData("kill -TERM $$", null, 15)]
    [InlineData("kill -KILL $$", null, 9)]
    public async Task Exited_ProgramEnds_TellsCodesAndSignalsApart(string script, int? code, int? signal)
    {
        ProgramExit exit = await Shell.EndOfAsync(Shell.Start(script));

        Assert.Equal(new ExitStatus(code, signal), exit.Status);
        Assert.Equal(code ?? 128 + signal, exit.Status.ShellCode);
    }

    [Fact]
    public async Task Signal_ProgramHandlesIt_IsDelivered()
    {
        ProgramProcess program = Shell.Start("trap 'exit 7' TERM; kill -STOP $$; while :; do :; done");
        while (StateOf(program.Id) != 'T') { await Task.Yield(); }

        program.Signal(18); // SIGCONT
        program.Signal(Signals.Term);
        ProgramExit exit = await Shell.EndOfAsync(program);

        Assert.Equal(7, exit.Status.Code);
    }

    [Fact]
    public async Task Signal_ProgramHasEnded_ReachesNobody()
    {
        ProgramProcess program = Shell.Start("exit 0");
        await Shell.EndOfAsync(program);

        Assert.False(program.Signal(Signals.Term));
    }

    [Theory]
    [InlineData("sleep 600 & echo $!")]
    [InlineData("setsid sleep 600 & echo $!; exec sleep 0")]
    public async Task Exited_ChildrenOutliveTheProgram_TheyAreEnded(string script)
    {
        ProgramProcess program = Shell.Start(script);

        ProgramExit exit = await Shell.EndOfAsync(program);

        int child = int.Parse(program.Output.Last(1)[0], CultureInfo.InvariantCulture);
        Assert.Contains(exit.LeftBehind, member => member.Id == child);
        Assert.False(Shell.IsAlive(child));
    }

    [Fact]
    public async Task Find_ProcessBecomesOneProgramAfterTheOther_IsFoundAtAnyMoment()
    {
        // In a session of its own, only its environment tells whose it is; one look in five finds it between two programs.
        const string again = "exec /bin/sh -c \"$0\" \"$0\"";
        string mark = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", $"echo begun; {again}", again])
        {
            RedirectStandardOutput = true, Environment = { [ProgramFamily.MarkVariable] = mark },
        };
        using Process process = Process.Start(start)!;
        try
        {
            Assert.Equal("begun", await process.StandardOutput.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(TestTimeouts.Hang));
            for (int look = 0; look < 100; look++) { Assert.Contains(process.Id, ProgramFamily.Find(session: -1, mark)); }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signal_ProgramHasChildren_ReachesThemOnlyWhereTheOrchestratorDoesSo(bool every)
    {
        // The child says that it listens, and answers a signal; the parent, which ignores it from before there is a child, ends once the child has, or at its
        // own signal. The child starts nothing itself: what is forked and not yet executed would look like a second child.
        string script = "trap 'exit 0' USR1; trap '' TERM; (trap 'echo the child too; exit' TERM; echo ready; while :; do :; done) & wait";
        ProgramProcess program = ProgramProcess.Start(
            new ProgramStart(["/bin/sh", "-c", script], new Dictionary<string, string>(), SignalsEveryProcess: every), TimeProvider.System);
        await program.Output.WaitForLineAsync("ready", CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        program.Signal(Signals.Term);
        if (!every) { program.Signal(10); } // SIGUSR1, so that it ends.
        ProgramExit exit = await Shell.EndOfAsync(program);

        Assert.Equal(every, program.Output.Last(10).Any(static line => line.Contains("the child too", StringComparison.Ordinal)));
        Assert.Equal(every ? 0 : 1, exit.LeftBehind.Count(static member => member.Command.Contains("sh", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WaitForLine_LineIsWritten_Completes()
    {
        ProgramProcess program = Shell.Start("read line < /dev/null; echo 'Server listening on 80'; sleep 600");

        await program.Output.WaitForLineAsync("listening on", CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        await program.Output.WaitForLineAsync("Server", CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        await program.EndAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal("Server listening on 80", program.Output.Last(1)[0]);
    }

    [Fact]
    public async Task EndAsync_ProgramIgnoresSignals_EndsItAndItsChildren()
    {
        ProgramProcess program = Shell.Start("trap '' TERM INT; sleep 600 & wait; sleep 600");

        ProgramExit exit = await program.EndAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(Signals.Kill, exit.Status.Signal);
        Assert.Empty(ProgramFamily.Find(program.Id, "no such mark"));
    }

    [Fact]
    public async Task EndAsync_CalledTwice_IsHarmless()
    {
        ProgramProcess program = Shell.Start("sleep 600");

        ProgramExit first = await program.EndAsync().WaitAsync(TestTimeouts.Hang);
        ProgramExit second = await program.EndAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Same(first, second);
    }

    [Fact]
    public async Task Start_Always_SignalsHaveTheirDefaults()
    {
        IReadOnlyList<string> lines = await Shell.OutputOfAsync("grep -E 'SigIgn|SigBlk' /proc/self/status");

        // Bits of SIGHUP, SIGINT, SIGQUIT, SIGPIPE and SIGTERM.
        Assert.All(lines, static line => Assert.Equal(0L, Convert.ToInt64(line.Split('\t')[1], 16) & 0x5007));
        Assert.Equal(2, lines.Count);
    }

    [Theory]
    [InlineData("/no/such/command", "does not exist")]
    [InlineData("no-such-command-anywhere", "does not exist")]
    [InlineData("/etc/passwd", "is not executable")]
    public void Start_CommandCannotRun_SaysWhy(string command, string why)
    {
        var start = new ProgramStart([command], new Dictionary<string, string>());

        QuiesceException error = Assert.Throws<QuiesceException>(() => ProgramProcess.Start(start, TimeProvider.System));

        Assert.Equal(ExitCodes.Program, error.ExitCode);
        Assert.Contains(why, error.Message);
        Assert.Contains($"'{command}'", error.Message);
    }

    private static char StateOf(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }
}
