using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>A running proxy: its log, line by line, and its end.</summary>
/// <remarks>Thread-safe. Disposing it ends the process, by its own id, and everything it started.</remarks>
internal sealed class ProxyProgram : IAsyncDisposable
{
    private const int ShownLines = 10;

    // Enough to close what is open. It leaves in a few milliseconds, because the load has ended before.
    private static readonly TimeSpan _endLimit = TimeSpan.FromSeconds(5);

    private readonly string _name;
    private readonly ProgramProcess _process;
    private readonly TimeProvider _time;

    private ProxyProgram(string name, ProgramProcess process, TimeProvider time)
    {
        _name = name;
        _process = process;
        _time = time;
    }

    /// <summary>Starts it and returns once it listens.</summary>
    /// <exception cref="QuiesceException">It does not start, for example because it refuses its configuration.</exception>
    public static async Task<ProxyProgram> StartAsync(
        string name, ProgramStart start, int port, Action<string> onLine, TimeProvider time, CancellationToken cancellationToken)
    {
        ProgramProcess process = ProgramProcess.Start(start, time, onLine);
        var proxy = new ProxyProgram(name, process, time);
        try
        {
            await proxy.OrEndAsync(new ListenerWatch(time).WaitForOpenAsync(port, cancellationToken));
            return proxy;
        }
        catch
        {
            await process.EndAsync();
            throw;
        }
    }

    public void Signal(int signal) => _process.Signal(signal);

    /// <summary>Awaits something that the proxy does, and does not wait for ever if it has ended.</summary>
    /// <exception cref="QuiesceException">It ended first.</exception>
    public async Task OrEndAsync(Task task)
    {
        if (await Task.WhenAny(task, _process.Exited) == _process.Exited && !task.IsCompleted)
        {
            throw Failure($"ended by itself ({(await _process.Exited).Status})");
        }

        await task;
    }

    public QuiesceException Failure(string what)
    {
        string lines = string.Join(Environment.NewLine, _process.Output.Last(ShownLines).Select(static line => "  | " + line));
        return new QuiesceException(ExitCodes.Program, $"The balancer {_name} {what}. The last it wrote:{Environment.NewLine}{lines}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Signal(Signals.Term);
        await Task.WhenAny(_process.Exited, Task.Delay(_endLimit, _time));
        await _process.EndAsync();
    }
}
