using System.Diagnostics;

namespace Quiesce.TestSupport;

/// <summary>A program under test in a process of its own, which takes real signals. Disposal ends it if nothing else did.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private ChildProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Gets standard output and standard error.</summary>
    public Lines Output { get; } = new();

    /// <summary>Starts a program that lies beside the tests.</summary>
    public static ChildProcess Start(string program, params string[] arguments) =>
        Start(program, new Dictionary<string, string>(), arguments);

    public static ChildProcess Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // A shell that starts its jobs in the background has them ignore SIGINT, and the tests would hand that down.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        string[] command = ["--default-signal=INT,QUIT,TERM,HUP", "dotnet", Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments];
        foreach (string argument in command) { start.ArgumentList.Add(argument); }

        foreach (string name in start.Environment.Keys.Where(IsOurs).ToList()) { start.Environment.Remove(name); }

        foreach ((string name, string value) in environment) { start.Environment[name] = value; }

        return new ChildProcess(Process.Start(start)!);
    }

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Send(ShutdownSignal signal) => Assert.Equal(0, NativeMethods.Kill(_process.Id, (int)signal));

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

    private static bool IsOurs(string name) =>
        name.StartsWith("QUIESCE_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line) { Output.Add(line); }
    }
}
