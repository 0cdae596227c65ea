namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>What a burst sends: requests of the mix, drawn from the seed, all due now.</summary>
/// <remarks>Not thread-safe: one burst at a time.</remarks>
internal sealed class BurstPlan(LoadOptions options, TimeProvider time)
{
    // Streams stay for seconds, and a request for a known id needs one: neither can arrive all at once.
    private readonly WeightedTemplates _templates =
        new(options.Templates.Where(static template => !template.IsStream && !PlannedRequest.NeedsKnown(template)));

    // A stream of its own: a burst changes nothing of what the schedule draws.
    private readonly Random _choices = new(options.Seed ^ 0x5bd1e995);
    private long _sequence;

    /// <param name="onSent">Hears that the request was sent.</param>
    public PlannedRequest Next(Action onSent) =>
        new($"{options.Seed:x}-b{++_sequence}", _templates.Pick(_choices.NextDouble()), KnownId: null, Fresh: true, time.GetTimestamp()) { OnSent = onSent };
}
