using System.Diagnostics;

namespace Quiesce.TestSupport;

/// <summary>A program under test in a process of its own, which takes real signals. Disposal ends it if nothing else did.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    // What standard output's next line is not read before.
    private volatile Task _mayRead = Task.CompletedTask;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadOutputAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Gets standard output and standard error.</summary>
    public Lines Output { get; } = new();

    /// <summary>Starts a program that lies beside the tests.</summary>
    public static ChildProcess Start(string program, params string[] arguments) =>
        Start(program, new Dictionary<string, string>(), arguments);

    public static ChildProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartCommand(Command(program, arguments), environment);

    /// <summary>Starts a program on a terminal of its own: script(1) holds the other end, and what is written to it is typed.</summary>
    public static ChildProcess StartOnTerminal(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartCommand(["script", "--quiet", "--return", "--flush", "--command", "exec " + string.Join(' ', Command(program, arguments).Select(Quoted)), "/dev/null"], environment);

    /// <summary>Starts a command as it is.</summary>
    public static ChildProcess StartCommand(string[] command, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };

        foreach (string name in start.Environment.Keys.Where(IsOurs).ToList()) { start.Environment.Remove(name); }

        foreach ((string name, string value) in environment) { start.Environment[name] = value; }

        return new ChildProcess(Process.Start(start)!);
    }

    public void WriteLine(string line) => Type(line + Environment.NewLine);

    /// <summary>Writes without a line's end; on a terminal a control character is a key.</summary>
    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Stops reading standard output, as whoever is at the other end of a pipe may do, until the returned source is completed. A line or two
    /// are still read.</summary>
    public TaskCompletionSource HoldOutput()
    {
        TaskCompletionSource goOn = Completion.New();
        _mayRead = goOn.Task;
        return goOn;
    }

    public void Send(ShutdownSignal signal) => SendTo(_process.Id, signal);

    /// <summary>Sends a signal to a process that this one has started, such as the one on its terminal.</summary>
    public static void SendTo(int process, ShutdownSignal signal) => Assert.Equal(0, NativeMethods.Kill(process, (int)signal));

    public Task<int> ExitAsync() => ExitAsync(TestTimeouts.Hang);

    /// <summary>Waits as an orchestrator does: what is still there when the grace is over is killed, and that fails the test.</summary>
    public async Task<int> ExitAsync(TimeSpan grace)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(grace);
            await _reading.OrHang();
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            _process.Kill();
            throw new TimeoutException($"Killed after {grace}. Its output:\n{Output.All}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(); }

        await _process.WaitForExitAsync().OrHang();
        _process.Dispose();
    }

    /// <summary>A shell that starts its jobs in the background has them ignore SIGINT, and the tests would hand that down.</summary>
    private static string[] Command(string program, string[] arguments) =>
        ["env", "--default-signal=INT,QUIT,TERM,HUP", "dotnet", Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments];

    private static string Quoted(string argument) => $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsOurs(string name) =>
        name.StartsWith("QUIESCE_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    private async Task ReadOutputAsync(StreamReader reader)
    {
        do { await _mayRead; }
        while (await ReadLineAsync(reader));
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await ReadLineAsync(reader)) { }
    }

    private async Task<bool> ReadLineAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync() is not { } line) { return false; }

        Output.Add(line);
        return true;
    }
}
