using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Verdict;
using Quiesce.Cli.Rehearse.Verdict.Findings;
using Quiesce.Cli.Rehearse.Verdict.Statistics;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Puts settings, record, losses and verdict into the one document that tables and files show.</summary>
internal sealed class ReportBuilder(RehearseSettings settings, RehearsalRecord record, TimeProvider time)
{
    private readonly LossAttribution _attribution =
        new(record.Deployments?.Stops ?? [], settings.Balancer == BalancerKind.None, time);

    private IReadOnlyList<Loss> _losses = [];
    private ILookup<int?, RequestRecord> _requests = Array.Empty<RequestRecord>().ToLookup(static _ => (int?)null);

    public (ReportDocument Document, RehearsalVerdict Verdict) Build()
    {
        IReadOnlyList<RequestRecord> requests = record.Deployments?.Requests ?? [];
        _losses = _attribution.Attribute(requests);
        _requests = requests.ToLookup(_attribution.InstanceOf);
        RehearsalVerdict verdict = Judge.Decide(settings, record, _losses);
        IReadOnlyList<StopSection> stops = [.. (record.Deployments?.Stops ?? []).Select(ToSection)];
        var document = new ReportDocument
        {
            Schema = ReportDocument.CurrentSchema,
            Title = settings.Title,
            StartedAt = record.StartedAt,
            DurationSeconds = Seconds(record.Duration),
            Settings = ToSection(settings, record.Templates),
            Verdict = new VerdictSection(Names.Of(verdict.Outcome), verdict.Reasons),
            Requests = ToSection(requests, _losses),
            Baselines = record.NoStop is { } noStop
                ? new BaselinesSection(ToSection(noStop.Requests, []), record.Kill is { } kill ? ToSection(kill.Requests, []) : null)
                : null,
            Deployments = stops,
            FinalStop = record.FinalStop is { } last ? ToSection(last) : null,
            OtherFinalStops = [.. record.OtherFinalStops.Select(ToSection)],
            SecondsPerDeployment = stops.Count == 0 ? null : new SecondsSection(
                stops.Min(static stop => stop.SecondsToExit),
                Math.Round(stops.Average(static stop => stop.SecondsToExit), 3),
                stops.Max(static stop => stop.SecondsToExit)),
            SettledSeconds = record.SettledAfter is { } settled ? Seconds(settled) : null,
            Ledgers = [.. record.Ledgers.Select(ToSection)],
            Faults = [.. FaultSummary.Of(settings, record, _losses).Select(ToSection)],
            Findings = [.. FindingsFinder.Find(settings, record, _losses).Select(ToSection)],
            Evidence = Evidence.From(settings, record, _losses, time) is { } evidence ? ToSection(evidence) : null,
            Year = stops.Count == 0 ? null : Year(stops.Count),
            Losses = [.. _losses.Select(ToSection)],
            Lateness = record.Deployments?.Lateness is { } late
                ? new LatenessSection(late.Sent, late.LateCount, Milliseconds(late.Worst), late.NotOnTime)
                : null,
            Notes = [.. settings.Story is { } story ? [$"Story {story.Id} ({story.Title}): look for {story.LookFor}"] : Array.Empty<string>(), .. ReportNotes.For(record)],
        };
        return (document, verdict);
    }

    private static SettingsSection ToSection(RehearseSettings settings, IReadOnlyList<RequestTemplate> templates) => new(
        settings.Command,
        Names.Of(settings.Orchestrator),
        Names.Of(settings.Balancer),
        settings.Balancer is BalancerKind.Kube or BalancerKind.Nginx ? [Seconds(settings.EndpointLag.Min), Seconds(settings.EndpointLag.Max)] : null,
        settings.Deployments,
        settings.Rate,
        settings.FreshShare,
        settings.Connections,
        Milliseconds(settings.NetworkDelay),
        Seconds(settings.Grace),
        Programs.Signals.NameOf((int)settings.Signal),
        Seconds(settings.Steady),
        Seconds(settings.RequestTimeout),
        [.. settings.AcceptedExitCodes.Order()],
        settings.Seed,
        [.. templates.Select(static template => new TemplateSection(template.Name, template.Weight, template.HasEffect))])
    {
        Faults = [.. settings.Faults.Select(static fault => fault.ToString())],
        Helper = settings.Helper,
        Beside = settings.Beside,
        SettleSeconds = Seconds(settings.Settle),
        Story = settings.Story?.Id,
    };

    private static CountsSection ToSection(IReadOnlyCollection<RequestRecord> requests, IEnumerable<Loss> losses)
    {
        RequestCounts counts = RequestCounts.From(requests);
        return new CountsSection(
            counts.Total,
            counts.Of(OutcomeClass.Ok),
            counts.Of(OutcomeClass.Refused),
            counts.Of(OutcomeClass.Unavailable),
            counts.Of(OutcomeClass.Reset),
            counts.Of(OutcomeClass.Truncated),
            counts.Of(OutcomeClass.ServerError),
            counts.Of(OutcomeClass.Timeout),
            counts.Failures,
            counts.Unsafe,
            losses.Count(static loss => loss.IsUnsafe && loss.UsedDuringAnnounce))
        {
            SentAgain = requests.Count(static request => request.SentAgain > 0),
        };
    }

    private StopSection ToSection(Stop stop) => new(
        stop.Deployment,
        stop.Instance,
        Seconds(stop.TimeToExit),
        stop.TimeToClose is { } close ? Seconds(close) : null,
        stop.TimeToDetection is { } detection ? Seconds(detection) : null,
        LongestRequest(stop),
        stop.Status.Code,
        stop.Status.Signal is { } signal ? Programs.Signals.NameOf(signal) : null,
        stop.Status.ShellCode,
        stop.Killed,
        !stop.Killed && stop.TimeToExit <= settings.Grace,
        stop.LeftBehind.Count,
        [.. stop.LeftBehind.Select(static member => new ProcessSection(member.Id, member.Command))],
        ToSection(
            [.. _requests[stop.Instance]],
            _losses.Where(loss => loss.Instance == stop.Instance)))
    {
        ByKill = stop.IsByKill,
        Beside = [.. stop.Beside.Select(beside => BesideSection.Of(beside, settings.Grace))],
    };

    // Of those that were under way at the signal or came after it: with the detection, what a stop cannot be quicker than.
    private double? LongestRequest(Stop stop)
    {
        TimeSpan[] times = [.. _requests[stop.Instance]
            .Where(request => request.EndedAt >= stop.SignalledAt && !request.Template.IsStream)
            .Select(request => time.GetElapsedTime(request.SentAt, request.EndedAt))];
        return times.Length == 0 ? null : Seconds(times.Max());
    }

    private static LedgerSection ToSection(LedgerResult ledger) => new(
        ledger.Name,
        ledger.Entries,
        ledger.Foreign,
        ledger.Acknowledged,
        ledger.Mismatches,
        [.. ledger.AcknowledgedNotDone.Select(ToSection)],
        [.. ledger.DoneNotAcknowledged.Select(ToSection)],
        [.. ledger.DoneTwice.Select(ToSection)]);

    private static LedgerEntrySection ToSection(LedgerEntry entry) =>
        new(entry.Id, entry.Template, OutcomeRules.NameOf(entry.Outcome), entry.Status, entry.Times);

    private static FindingSection ToSection(Finding finding) => new(finding.Kind, finding.Count, finding.What, finding.Cause, finding.Remedy);

    private static FaultSection ToSection(FaultSummary fault) => new(
        fault.Fault.Spec.Name, fault.Fault.ToString(), fault.Played,
        [.. fault.Seen.Select(static pair => new FaultSeenSection(pair.Key, pair.Value))],
        fault.Fault.Spec.Expected, fault.NotMet is null, fault.NotMet);

    private static EvidenceSection ToSection(Evidence evidence) => new(
        evidence.Deployments, evidence.LosingDeployments, evidence.DeploymentsBound,
        evidence.Requests, evidence.LostRequests, evidence.RequestsBound);

    private YearSection Year(int deployments)
    {
        int InAYear(int losses) => (int)Math.Round((double)losses * settings.DeploymentsPerYear / deployments);
        return new YearSection(settings.DeploymentsPerYear, InAYear(_losses.Count), InAYear(_losses.Count(static loss => loss.IsUnsafe)));
    }

    private LossSection ToSection(Loss loss) => new(
        loss.Request.Id,
        loss.Request.Template.Name,
        OutcomeRules.NameOf(loss.Request.Outcome),
        loss.IsUnsafe,
        loss.Request.Status,
        loss.Deployment,
        loss.Instance,
        loss.SinceSignal is { } since ? Milliseconds(since) : null,
        Names.Of(loss.SentPhase),
        Names.Of(loss.EndedPhase),
        Milliseconds(time.GetElapsedTime(loss.Request.ScheduledAt, loss.Request.EndedAt)),
        loss.IsReused ? "reused" : "new",
        loss.Request.ConnectionUses,
        loss.LastUseSinceSignal is { } lastUse ? Milliseconds(lastUse) : null,
        loss.UsedDuringAnnounce,
        loss.Request.Detail)
    {
        InBurst = loss.Request.InBurst,
    };

    private static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 3);

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}
