using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

[Trait("Size", "Full")]
public sealed class InterruptTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quiesce-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("baseline: load without a stop")]
    [InlineData("baseline: SIGKILL under load")]
    [InlineData("deployment 1 of 3")]
    public async Task A_signal_at_any_step_leaves_no_process_and_no_file(string step)
    {
        string logs = Path.Combine(_directory, "logs"), results = Directory.CreateDirectory(Path.Combine(_directory, "results")).FullName;
        string[] options = ["--steady", "2", "--endpoint-lag", "0.3..0.5", "--log", logs, "--json", $"{results}/r.json", "--html", $"{results}/r.html"];
        string[] command = [Path.Combine(AppContext.BaseDirectory, "quiesce"), "rehearse", .. options, "--", .. Tool.SmallServerCommand("leave=well")];
        ProgramProcess tool = ProgramProcess.Start(new ProgramStart(command, new Dictionary<string, string>()), TimeProvider.System);
        await tool.Output.WaitForLineAsync(step, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        tool.Signal(Signals.Int);
        ProgramExit exit = await Shell.EndOfAsync(tool);

        int[] servers = [.. Directory.GetFiles(logs).SelectMany(File.ReadLines).Select(static line => int.Parse(line.Split(' ')[^1]))];
        Assert.Equal(130, exit.Status.Code);
        Assert.NotEmpty(servers);
        Assert.DoesNotContain(servers, Shell.IsAlive);
        Assert.Empty(Directory.GetFileSystemEntries(results));
    }

    [Theory]
    [InlineData(Signals.Int, 130)]
    [InlineData(Signals.Term, 143)]
    public async Task A_signal_to_the_tool_ends_every_process_it_started(int signal, int exitCode)
    {
        // The program never gets ready. It says that it runs by a file, and waits for a line that never comes.
        string pidFile = Path.Combine(_directory, "pid");
        string script = $"mkfifo {_directory}/never; echo $$ > {pidFile}.tmp; mv {pidFile}.tmp {pidFile}; read line < {_directory}/never";
        string quiesce = Path.Combine(AppContext.BaseDirectory, "quiesce");
        ProgramProcess tool = ProgramProcess.Start(
            new ProgramStart([quiesce, "rehearse", "--", "/bin/sh", "-c", script], new Dictionary<string, string>()), TimeProvider.System);
        using var watcher = new FileSystemWatcher(_directory);
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (File.Exists(pidFile)) { appeared.TrySetResult(); }
        await appeared.Task.WaitAsync(TestTimeouts.Hang);

        tool.Signal(signal);
        ProgramExit exit = await Shell.EndOfAsync(tool);

        Assert.Equal(exitCode, exit.Status.Code);
        Assert.False(Shell.IsAlive(int.Parse(File.ReadAllText(pidFile))));
        Assert.Empty(exit.LeftBehind);
        Assert.Contains("interrupted", tool.Output.Last(1)[0]);
    }
}
