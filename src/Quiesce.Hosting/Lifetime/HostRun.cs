using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Lifetime;

/// <summary>One run of a host, from start to disposal, that ends even when the host's own stop does not.</summary>
internal sealed partial class HostRun(IHost host)
{
    public async Task<int> RunAsync()
    {
        IServiceProviderIsService known = host.Services.GetRequiredService<IServiceProviderIsService>();
        if (!known.IsService(typeof(GracefulShutdown)))
        {
            throw new InvalidOperationException("RunGracefullyAsync needs AddGracefulShutdown on the host's builder.");
        }

        try
        {
            return await RunToTheEndAsync().ConfigureAwait(false);
        }
        catch (ShutdownConfigurationException mistake)
        {
            // For the person who starts the service: the mistakes, and no stack trace.
            await Console.Error.WriteLineAsync(mistake.Message).ConfigureAwait(false);
            return ShutdownExitCode.StartupAborted;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> RunToTheEndAsync()
    {
        await host.StartAsync().ConfigureAwait(false);
        ProcessShutdown process = host.Services.GetRequiredService<ProcessShutdown>();
        ILogger logger = ShutdownServices.Logger(host.Services);

        // The host's stop waits for the coordinator, and the coordinator gives a hung stop up: whichever ends, Release is over.
        Task stopped = host.WaitForShutdownAsync();
        Task<ShutdownReport> completion = process.Shutdown.Completion;
        await Task.WhenAny(stopped, completion).ConfigureAwait(false);
        ShutdownReport report = await completion.ConfigureAwait(false);
        bool hostHangs = report.Participants.Any(static part =>
            part is { Name: HostParticipant.ParticipantName, Outcome: StepOutcome.Abandoned });
        if (hostHangs) { return process.ExitCodeOf(report); }

        try
        {
            await stopped.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.HostStopFailed(logger, error);
            int exitCode = process.ExitCodeOf(report);
            return exitCode == ShutdownExitCode.Clean ? ShutdownExitCode.ReleaseFailed : exitCode;
        }

        return process.ExitCodeOf(report);
    }

    private async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable) { await disposable.DisposeAsync().ConfigureAwait(false); }
        else { host.Dispose(); }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.HostStopFailed, LogLevel.Error, "A hosted service failed to stop.")]
        public static partial void HostStopFailed(ILogger logger, Exception error);
    }
}
