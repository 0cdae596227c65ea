using System.Globalization;

namespace Quiesce.Schedules;

/// <summary>One shutdown as it is acted out: who takes part and how they behave, what is in flight, who pokes the process when. All times in
/// milliseconds from the clock's beginning.</summary>
internal sealed record Schedule
{
    /// <summary>Gets the clock's timestamps per second; odd ones find code that confuses timestamps with ticks.</summary>
    public required long Frequency { get; init; }

    /// <summary>Gets the grace; the shares follow from it, unless given.</summary>
    public required int Grace { get; init; }

    public int? ReleaseReserve { get; init; }

    public int? HandBack { get; init; }

    /// <summary>Gets a value indicating whether a person may sit at a terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Gets when start-up ends: what comes before is remembered.</summary>
    public int StartedAt { get; init; }

    public required IReadOnlyList<ParticipantScript> Participants { get; init; }

    public required IReadOnlyList<UnitScript> Units { get; init; }

    public required IReadOnlyList<Poke> Pokes { get; init; }

    public GracefulShutdownOptions Options => new()
    {
        GracePeriod = TimeSpan.FromMilliseconds(Grace),
        ReleaseReserve = ReleaseReserve is { } reserve ? TimeSpan.FromMilliseconds(reserve) : null,
        HandBack = HandBack is { } handBack ? TimeSpan.FromMilliseconds(handBack) : null,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""

          grace {Grace} ms, reserve {ReleaseReserve}, hand-back {HandBack}, frequency {Frequency}, terminal {Terminal}, started at {StartedAt}
          {string.Join("\n  ", [.. Participants, .. Units, .. Pokes.Cast<object>()])}
        """);
}
