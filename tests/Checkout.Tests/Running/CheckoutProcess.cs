using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Checkout.Tests.Running;

/// <summary>The built service in a process of its own. Tests react to what it prints; it is ended by its own id.</summary>
internal sealed class CheckoutProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const string Listening = "Now listening on: ";
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task<string> _error;
    private readonly Task _reading;

    private CheckoutProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public HttpClient Client { get; } = new();

    /// <summary>Starts it with a provider that takes one second, so that an order can be caught in flight.</summary>
    public static CheckoutProcess Start(string arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", $"\"{typeof(Program).Assembly.Location}\" {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Payments__Fastest"] = "00:00:01";
        start.Environment["Payments__Slowest"] = "00:00:01";
        start.Environment["Logging__LogLevel__Checkout"] = "Debug";
        foreach ((string name, string value) in environment) { start.Environment[name] = value; }
        return new CheckoutProcess(Process.Start(start)!);
    }

    /// <summary>Starts the service and waits until it listens, on a port the kernel has chosen.</summary>
    public static async Task<CheckoutProcess> ServeAsync(
        string data, string shutdown, params (string Name, string Value)[] environment)
    {
        CheckoutProcess service = Start($"--data {data} --shutdown {shutdown} --urls http://127.0.0.1:0", environment);
        string line = await service.LineAsync(Listening);
        service.Client.BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        return service;
    }

    /// <summary>Waits until it prints a line that contains a text; earlier lines are consumed.</summary>
    public async Task<string> LineAsync(string text)
    {
        using CancellationTokenSource hang = new(TestTimeouts.Hang, TimeProvider.System);
        List<string> seen = [];
        await foreach (string line in _lines.Reader.ReadAllAsync(hang.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal)) { return line; }
            seen.Add(line);
        }

        throw new InvalidOperationException($"It ended without '{text}'. It said: {string.Join('\n', seen)} {await _error}");
    }

    public Task<HttpResponseMessage> PlaceAsync(string key) => Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/orders")
    {
        Headers = { { "Idempotency-Key", key } },
        Content = System.Net.Http.Json.JsonContent.Create(CheckoutApp.Tea),
    });

    public void Terminate() => Assert.Equal(0, Kill(_process.Id, SigTerm));

    public void KillAtOnce() => _process.Kill();

    public async Task<(int ExitCode, string Error)> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TestTimeouts.Hang);
        return (_process.ExitCode, await _error);
    }

    /// <summary>What it has printed and nobody has consumed, once it has ended.</summary>
    public async Task<string> OutputAsync() =>
        string.Join('\n', await _lines.Reader.ReadAllAsync().ToListAsync().AsTask().WaitAsync(TestTimeouts.Hang));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(); }
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        Client.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) { _lines.Writer.TryWrite(line); }
        _lines.Writer.Complete();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
