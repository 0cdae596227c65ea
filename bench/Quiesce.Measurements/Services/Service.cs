using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Quiesce.Measurements.Services;

/// <summary>A program that is measured, in a process of its own.</summary>
internal sealed partial class Service : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private Service(Process process, int port, TimeSpan startup) => (_process, Port, Startup) = (process, port, startup);

    public int Port { get; }

    /// <summary>Gets the time from before the process began until its port took a connection.</summary>
    public TimeSpan Startup { get; }

    public int Id => _process.Id;

    /// <summary>Starts a command in which {port} stands for a free one, and waits until somebody listens there.</summary>
    public static async Task<Service> StartAsync(string command, bool listens = true, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        int port = FreePort();
        var start = new ProcessStartInfo("bash", ["-c", "exec " + command.Replace("{port}", $"{port}", StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["Logging__LogLevel__Default"] = "Information";
        start.Environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning"; // as the templates have it
        foreach ((string name, string value) in environment ?? []) { start.Environment[name] = value; }

        long began = TimeProvider.System.GetTimestamp();
        Process process = Process.Start(start)!;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true) { started.TrySetResult(); }
        };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (listens) { await UntilListeningAsync(port, process); }
        else { await started.Task.WaitAsync(_hang); }

        return new Service(process, port, TimeProvider.System.GetElapsedTime(began));
    }

    public void Terminate() => _ = Kill(_process.Id, SigTerm);

    /// <summary>Waits until the process is gone.</summary>
    /// <returns>When that was.</returns>
    public async Task<long> GoneAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(_hang);
        return TimeProvider.System.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            await GoneAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>By trying every 2 ms: the programs have no other word in common for "ready".</summary>
    private static async Task UntilListeningAsync(int port, Process process)
    {
        using var limit = new CancellationTokenSource(_hang, TimeProvider.System);
        while (true)
        {
            if (process.HasExited) { throw new InvalidOperationException($"The program ended with {process.ExitCode} before it listened."); }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, limit.Token);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
