using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Quiesce;

/// <summary>A program without a host, from its first line to its exit code.</summary>
internal sealed partial class ProgramRun(ProcessOwner owner, TimeProvider time, ILogger logger)
{
    private readonly BoundedLogger _logger = BoundedLogger.Around(logger);

    public async Task<int> RunAsync(Func<GracefulShutdown, Task> main, GracefulShutdownOptions options)
    {
        BudgetPlan plan = Plan(options, Environment.GetEnvironmentVariable(GracePeriodVariable.Name));
        string? reportFile = Environment.GetEnvironmentVariable(ReportDefaults.FileVariable);
        string[] failures = [.. plan.Failures, .. ReportDestinations.Check(options.Report, reportFile)];
        if (plan.Budget is not { } budget || failures.Length > 0)
        {
            Log.Refused(_logger, new ShutdownConfigurationException(failures).Message);
            await FlushAsync().ConfigureAwait(false);
            return ShutdownExitCode.StartupAborted;
        }

        foreach (string warning in plan.Warnings) { Log.GraceShortened(_logger, warning); }

        var coordinator = new ShutdownCoordinator(budget, new ParticipantRegistry(), time, _logger);
        var process = new ProcessShutdown(coordinator, owner, _logger, options.AlwaysExitZero)
        {
            Signals = options.Signals,
            ReportFiles = ReportDestinations.Create(options.Report, reportFile),
        };
        process.Attach();
        return await RunAsync(main, coordinator, process).ConfigureAwait(false);
    }

    /// <summary>Plans with the environment; an unreadable variable hides no other mistake.</summary>
    internal static BudgetPlan Plan(GracefulShutdownOptions options, string? variable)
    {
        try { return BudgetPlanner.Plan(options, GracePeriodVariable.Parse(variable)); }
        catch (ShutdownConfigurationException mistake)
        {
            return new BudgetPlan(null, [.. mistake.Failures, .. BudgetPlanner.Plan(options, null).Failures], []);
        }
    }

    private async Task<int> RunAsync(Func<GracefulShutdown, Task> main, ShutdownCoordinator coordinator, ProcessShutdown process)
    {
        // The program waits for the participant to exist: a program that ends at once must still be found by the drain.
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Exception?> ended = Task.Run(() => RunMainAsync(main, process.Shutdown, registered.Task));
        coordinator.Participants.Add(new ProgramParticipant(ended));
        registered.SetResult();

        // Only now: a shutdown that began before the program was a participant would not wait for it.
        process.Started();
        await Task.WhenAny(ended, coordinator.Completion).ConfigureAwait(false);
        process.OnFinishedByItself(); // changes nothing when a signal or a request came first
        ShutdownReport report = await coordinator.Completion.ConfigureAwait(false);
        process.Detach();

        // Never a code that the report does not say: that the program failed is in it, unless something weightier is.
        return process.ExitCodeOf(report);
    }

    /// <summary>Returns what the program failed with, or <see langword="null"/>.</summary>
    private async Task<Exception?> RunMainAsync(Func<GracefulShutdown, Task> main, GracefulShutdown shutdown, Task registered)
    {
        await registered.ConfigureAwait(false);
        try
        {
            await main(shutdown).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (shutdown.Draining.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            Log.ProgramFailed(_logger, error);
            return error;
        }
    }

    /// <summary>The process ends when this has returned; a pipe that nobody reads must not keep it.</summary>
    private async Task FlushAsync()
    {
        using var written = new CancellationTokenSource();
        await Task.WhenAny(_logger.Written, Task.Delay(BudgetDefaults.ShortestGrace / 2, time, written.Token)).ConfigureAwait(false);
        await written.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>The program itself: it drains before everything else, by ending.</summary>
    private sealed class ProgramParticipant(Task<Exception?> ended) : IPartialParticipant
    {
        public string Name => "program";

        public bool IsProgram => true;

        public IReadOnlyCollection<string> Uses { get; } = [WorkParticipant.ParticipantName, ParticipantUses.Everything];

        public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Drain;

        /// <exception cref="Exception">The program ended by this; it was logged then.</exception>
        public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken)
        {
            if (await ended.ConfigureAwait(false) is { } error) { ExceptionDispatchInfo.Throw(error); }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.ConfigurationRefused, LogLevel.Critical, "{Message}")]
        public static partial void Refused(ILogger logger, string message);

        [LoggerMessage(LogEvents.GraceShortened, LogLevel.Warning, "{Warning}")]
        public static partial void GraceShortened(ILogger logger, string warning);

        [LoggerMessage(LogEvents.ProgramFailed, LogLevel.Critical, "The program failed. Its resources are released, then it ends.")]
        public static partial void ProgramFailed(ILogger logger, Exception error);
    }
}
