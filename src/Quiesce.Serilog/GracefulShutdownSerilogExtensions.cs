using Quiesce.Serilog;
using Serilog;

namespace Quiesce;

/// <summary>Adds Serilog to a shutdown.</summary>
public static class GracefulShutdownSerilogExtensions
{
    /// <summary>Closes a logger in Exit, when the report of the shutdown has been written into it, and waits until its sinks have written everything.</summary>
    /// <remarks>Bounded by the share of the hooks of Exit, see <see cref="GracefulShutdown.OnExit(string, Func{CancellationToken, Task})"/>. A logger that is not
    /// closed by then is left behind; the report's files, standard error and the exit code say so. To dispose of the logger once more is harmless.</remarks>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="logger">What <c>CreateLogger</c> has returned, or <see cref="Log.Logger"/> once it is set. Not what <c>ForContext</c> returns: that
    /// closes nothing.</param>
    /// <param name="queues">What the asynchronous sinks of the logger were given as their monitor: it knows how many events are lost. Without it the report
    /// can only say that some may be.</param>
    /// <param name="name">The hook's name, for people; another one for each further logger.</param>
    /// <exception cref="ArgumentException">The logger cannot be closed, or no sink was given <paramref name="queues"/>.</exception>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public static void CloseSerilogLast(this GracefulShutdown shutdown, ILogger logger, SerilogQueues? queues = null, string name = "serilog")
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentNullException.ThrowIfNull(logger);
        if (logger is not IDisposable closable)
        {
            throw new ArgumentException(
                $"A {logger.GetType().Name} cannot be closed. Pass what CreateLogger has returned, or Log.Logger once it is set.", nameof(logger));
        }

        if (queues is { IsMonitoring: false })
        {
            throw new ArgumentException(
                "No sink was given the SerilogQueues. Pass it to each of them, before CreateLogger: WriteTo.Async(sinks => ..., monitor: queues).", nameof(queues));
        }

        shutdown.OnExit(name, new LoggerClosing(closable, queues).CloseAsync);
    }
}
