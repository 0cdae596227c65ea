using System.Text.Json.Serialization;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What <c>--json</c> writes and <c>quiesce compare</c> reads. The names are API: docs/rehearse.md explains each.</summary>
internal sealed record ReportDocument
{
    /// <summary>Raised when a field changes its meaning or goes away; a new field leaves it as it is.</summary>
    public const int CurrentSchema = 1;

    public required int Schema { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationSeconds { get; init; }

    public required SettingsSection Settings { get; init; }

    public required VerdictSection Verdict { get; init; }

    /// <summary>Gets the requests of the deployments; baselines are counted apart.</summary>
    public required CountsSection Requests { get; init; }

    public required BaselinesSection? Baselines { get; init; }

    public required IReadOnlyList<StopSection> Deployments { get; init; }

    public required StopSection? FinalStop { get; init; }

    /// <summary>Gets how the other last instances left, where several run beside each other. Absent in files of earlier versions.</summary>
    public IReadOnlyList<StopSection> OtherFinalStops { get; init; } = [];

    /// <summary>Gets how all of the last instances left, the newest last.</summary>
    [JsonIgnore]
    public IEnumerable<StopSection> FinalStops => FinalStop is { } newest ? [.. OtherFinalStops, newest] : OtherFinalStops;

    public required SecondsSection? SecondsPerDeployment { get; init; }

    public required IReadOnlyList<LedgerSection> Ledgers { get; init; }

    /// <summary>Gets when no acknowledged effect was missing any more, counted from the end of the last instance; see <c>--settle</c>. Absent in
    /// files of earlier versions.</summary>
    public double? SettledSeconds { get; init; }

    /// <summary>Gets the losses by likely cause. Absent in files of earlier versions, as are the two after it.</summary>
    public IReadOnlyList<FindingSection> Findings { get; init; } = [];

    /// <summary>Gets what went wrong on purpose. Absent in files of earlier versions.</summary>
    public IReadOnlyList<FaultSection> Faults { get; init; } = [];

    public EvidenceSection? Evidence { get; init; }

    public YearSection? Year { get; init; }

    public required IReadOnlyList<LossSection> Losses { get; init; }

    public required LatenessSection? Lateness { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}
