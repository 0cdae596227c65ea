using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

[Trait("Size", "Full")]
public sealed class InterruptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("baseline: load without a stop")]
    [InlineData("baseline: SIGKILL under load")]
    [InlineData("deployment 1 of 3")]
    public async Task A_signal_at_any_step_leaves_no_process_and_no_file(string step)
    {
        string logs = _folder["logs"], results = Directory.CreateDirectory(_folder["results"]).FullName;
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

    [Fact]
    public async Task A_signal_at_a_random_moment_leaves_no_process_no_port_and_no_temporary_file()
    {
        for (int run = 1; run <= 5; run++)
        {
            string instances = Folder($"instances-{run}"), temporary = Folder($"temporary-{run}"), results = Folder($"results-{run}"), others = Folder($"others-{run}"), started = $"echo > {others}/$$; exec sleep 600";
            string moment = $"{instances},{Random.Shared.Next(1, 4)},{Random.Shared.Next(1, 40)}";
            string[] options = ["--steady", "0.6", "--deployments", "1", "--endpoint-lag", "0.3..0.5", "--fault", "half-sent,slow-clients", "--json", $"{results}/r.json"];

            ProgramExit exit = await RunAsync(temporary, [.. options, "--helper", started, "--beside", started, "--", .. Tool.SmallServerCommand("leave=rudely", $"interrupt={moment}")]);

            string[][] servers = [.. Directory.GetFiles(instances).Select(static file => File.ReadAllText(file).Split(' '))];
            Assert.True(exit.Status.Code == 130, $"{moment}: {exit.Status}");
            Assert.Empty(exit.LeftBehind);
            Assert.DoesNotContain(servers, static server => Shell.IsAlive(int.Parse(server[0])));
            Assert.DoesNotContain(Directory.GetFiles(others), static file => Shell.IsAlive(int.Parse(Path.GetFileName(file))));
            Assert.DoesNotContain(servers, static server => ListenerWatch.IsListening(int.Parse(server[1])));
            Assert.Empty(Directory.GetFileSystemEntries(temporary).Concat(Directory.GetFileSystemEntries(results)));
        }
    }

    [Fact]
    public async Task A_signal_in_the_middle_of_faults_leaves_no_process_no_port_and_no_temporary_file()
    {
        string instances = Folder("instances"), temporary = Folder("temporary"), events = _folder["events"], requests = _folder["mix.http"];
        File.WriteAllText(requests, "GET /large/{id}\n###\n# @weight 200\nGET /\n");
        string[] options = ["--steady", "0.6", "--deployments", "1", "--no-baselines", "--fault", "slow-clients=2,half-sent=2,second-signal=20", "--requests", requests];

        // When the old instance is told, two of its answers are under way and two requests are half sent: then the tool is interrupted.
        ProgramExit exit = await RunAsync(temporary, [.. options, "--", .. Tool.SmallServerCommand("leave=never", "bytes=8000000", $"large={events}", $"interrupt={instances},1,told")]);

        string[][] servers = [.. Directory.GetFiles(instances).Select(static file => File.ReadAllText(file).Split(' '))];
        Assert.Equal(130, exit.Status.Code);
        Assert.Contains("fault-1-0 fault-1-1", File.ReadAllText(events));
        Assert.Empty(exit.LeftBehind);
        Assert.DoesNotContain(servers, static server => Shell.IsAlive(int.Parse(server[0])));
        Assert.DoesNotContain(servers, static server => ListenerWatch.IsListening(int.Parse(server[1])));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Theory]
    [InlineData("haproxy", "haproxy")]
    [InlineData("nginx", "nginx-light")]
    public async Task A_signal_behind_a_proxy_leaves_no_process_no_port_and_no_folder(string balancer, string package)
    {
        await DebianPackages.RequireAsync(balancer, package);
        string instances = Folder("instances"), temporary = Folder("temporary");
        string[] options = ["--balancer", balancer, "--steady", "0.6", "--deployments", "1", "--no-baselines"];

        ProgramExit exit = await RunAsync(temporary, [.. options, "--", .. Tool.SmallServerCommand("leave=well", $"interrupt={instances},1,told")]);

        string[][] servers = [.. Directory.GetFiles(instances).Select(static file => File.ReadAllText(file).Split(' '))];
        Assert.Equal(130, exit.Status.Code);
        Assert.Equal(3, servers.Length);
        Assert.Empty(exit.LeftBehind);
        Assert.DoesNotContain(servers, static server => Shell.IsAlive(int.Parse(server[0])));
        Assert.DoesNotContain(servers, static server => ListenerWatch.IsListening(int.Parse(server[1])));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public async Task A_signal_while_a_ledger_is_read_leaves_no_process_and_no_temporary_file()
    {
        string temporary = Folder("temporary"), requests = _folder["mix.http"];
        File.WriteAllText(requests, "# @effect\nPOST /orders/{id}\n");
        string[] options = ["--steady", "0.3", "--deployments", "1", "--balancer", "none", "--no-baselines", "--requests", requests];

        ProgramExit exit = await RunAsync(
            temporary, [.. options, "--ledger-command", $"orders=echo $$ > {_folder.Path}/pid; kill -INT $PPID; exec sleep 600", "--", .. Tool.SmallServerCommand("leave=rudely")]);

        Assert.Equal(130, exit.Status.Code);
        Assert.False(Shell.IsAlive(int.Parse(File.ReadAllText(_folder["pid"]))));
        Assert.Empty(exit.LeftBehind);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public async Task A_signal_while_effects_settle_leaves_no_process()
    {
        string temporary = Folder("temporary"), requests = _folder["mix.http"], pid = _folder["pid"];
        File.WriteAllText(requests, "# @effect\nPOST /orders/{id}\n");
        string[] options = ["--steady", "0.3", "--deployments", "1", "--balancer", "none", "--no-baselines", "--requests", requests, "--settle", "60"];

        // The ledger never holds anything. When it is asked, the program has gone and the beside service is there, deaf.
        ProgramExit exit = await RunAsync(
            temporary,
            [
                .. options, "--grace", "1", "--beside", $"trap '' TERM; echo $$ > {pid}; exec sleep 600", "--ledger-command", "orders=kill -INT $PPID", "--",
                .. Tool.SmallServerCommand("leave=rudely"),
            ]);

        Assert.Equal(130, exit.Status.Code);
        Assert.False(Shell.IsAlive(int.Parse(File.ReadAllText(pid))));
        Assert.Empty(exit.LeftBehind);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    private string Folder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    // The runtime of a server that is killed would leave the sockets of its diagnostics behind.
    private static async Task<ProgramExit> RunAsync(string temporary, IReadOnlyList<string> options)
    {
        var environment = new Dictionary<string, string> { ["TMPDIR"] = temporary, ["DOTNET_EnableDiagnostics"] = "0" };
        string[] command = [Path.Combine(AppContext.BaseDirectory, "quiesce"), "rehearse", .. options];
        return await Shell.EndOfAsync(ProgramProcess.Start(new ProgramStart(command, environment), TimeProvider.System));
    }

    [Theory]
    [InlineData(Signals.Int, 130)]
    [InlineData(Signals.Term, 143)]
    public async Task A_signal_to_the_tool_ends_every_process_it_started(int signal, int exitCode)
    {
        // The program never gets ready. It says that it runs by a file, and waits for a line that never comes.
        string pidFile = _folder["pid"];
        string script = $"mkfifo {_folder.Path}/never; echo $$ > {pidFile}.tmp; mv {pidFile}.tmp {pidFile}; read line < {_folder.Path}/never";
        string quiesce = Path.Combine(AppContext.BaseDirectory, "quiesce");
        ProgramProcess tool = ProgramProcess.Start(
            new ProgramStart([quiesce, "rehearse", "--", "/bin/sh", "-c", script], new Dictionary<string, string>()), TimeProvider.System);
        using var watcher = new FileSystemWatcher(_folder.Path);
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
