namespace Quiesce.Cli.Rehearse.Output;

/// <summary>One request that was not ok.</summary>
internal sealed record LossSection(
    string Id,
    string Request,
    string Outcome,
    bool Unsafe,
    int? Status,
    int Deployment,
    int? Instance,
    double? MillisecondsSinceSignal,
    string SentPhase,
    string EndedPhase,
    double MillisecondsToEnd,
    string Connection,
    int ConnectionUses,
    double? LastUseMillisecondsSinceSignal,
    bool UsedDuringAnnounce,
    string? Detail)
{
    /// <summary>Gets whether it was one of a burst (--fault burst).</summary>
    public bool InBurst { get; init; }
}
