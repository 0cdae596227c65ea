using System.Globalization;
using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Output.Progress;
using Quiesce.Cli.Rehearse.Verdict;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>One run of <c>quiesce rehearse</c>: rehearse, judge, show, write.</summary>
internal sealed class RehearseRun(RehearseSettings settings, CliConsole console, TimeProvider time)
{
    /// <returns>The tool's exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new QuiesceException(ExitCodes.Program, "quiesce rehearse needs Linux: it stops programs by signals and looks at them under /proc.");
        }

        if (settings.ShowConfig)
        {
            console.Out.Write(settings.Balancer == BalancerKind.Haproxy ? HaproxyConfiguration.Show(settings.Ready, settings.HasHttp2) : NginxConfiguration.Show(settings.HasHttp2));
            return ExitCodes.Pass;
        }

        RehearsalRecord record = await RehearseAsync(cancellationToken);
        (ReportDocument report, RehearsalVerdict verdict) = new ReportBuilder(settings, record, time).Build();
        try
        {
            new ReportTables(console.Tables()).Show(report);
        }
        finally
        {
            // Neither a closed screen nor a full disk takes the other results away.
            ReportOutputs.Write(settings, record, report, time);
        }

        return verdict.ExitCode;
    }

    private async Task<RehearsalRecord> RehearseAsync(CancellationToken cancellationToken)
    {
        using var progress = RehearsalProgress.On(console, time);
        await using var starter = new InstanceStarter(settings, time);
        var beside = new BesideServices(settings, starter, time);
        progress.Say(Announce());
        if (settings.Rate >= LoadWarmUp.FromRate)
        {
            progress.Step("warming up the load", new Forecast(settings).Total);
            await LoadWarmUp.RunAsync(settings.Rate, settings.FreshShare, time, cancellationToken);
        }

        try
        {
            return await new Rehearsal(settings, new WireRig(time), starter, beside, progress, time).RunAsync(cancellationToken);
        }
        catch (LoadFailedException failure)
        {
            throw new QuiesceException(ExitCodes.NoVerdict, $"No verdict: {failure.Message}");
        }
    }

    private string Announce()
    {
        var forecast = new Forecast(settings);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Rehearsing '{settings.Title}': {settings.Deployments} deployments, balancer {Names.Of(settings.Balancer)}, seed {settings.Seed}. "
            + $"About {forecast.Total.TotalSeconds:F0} s if it starts and leaves within a second; at most {forecast.Longest.TotalSeconds:F0} s.");
    }
}
