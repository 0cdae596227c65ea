namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>The schedule: when each request is due, and which one it is. Everything is drawn from the seed.</summary>
/// <remarks>
/// <para>Gaps between requests are exponential, so arrivals are Poisson: independent clients, as a service in production sees them. An
/// even pace would hide what happens when requests coincide, and could fall into step with the program's own timers.</para>
/// <para>Each request takes the same number of draws, so when and what is drawn never depends on how fast answers come; only
/// <c>{known}</c>, and the template while nothing is known, do. Instants have a stream of their own: counting those that were missed
/// gives the ones that would have been kept.</para>
/// <para>Not thread-safe: the schedule owns it.</para>
/// </remarks>
internal sealed class RequestPlan
{
    private readonly LoadOptions _options;
    private readonly KnownIds _known;
    private readonly Random _gaps;
    private readonly Random _choices;
    private readonly WeightedTemplates _all;
    private readonly WeightedTemplates _withoutKnown;
    private readonly long _startedAt;
    private readonly double _frequency;
    private double _dueSeconds;
    private long _sequence;

    public RequestPlan(LoadOptions options, KnownIds known, TimeProvider time)
    {
        _options = options;
        _known = known;
        _gaps = new Random(options.Seed);
        _choices = new Random(~options.Seed);
        _all = new WeightedTemplates(options.Templates);
        _withoutKnown = new WeightedTemplates(options.Templates.Where(static template => !PlannedRequest.NeedsKnown(template)));
        _frequency = time.TimestampFrequency;
        _startedAt = time.GetTimestamp();
        Advance();
    }

    /// <summary>When the next request is due.</summary>
    public long DueAt => _startedAt + (long)(_dueSeconds * _frequency);

    /// <summary>Draws the request that is due now, and moves on to the one after it.</summary>
    public PlannedRequest Next()
    {
        string? known = _known.Pick(_choices.NextDouble());
        RequestTemplate template = (known is null ? _withoutKnown : _all).Pick(_choices.NextDouble());
        bool fresh = _choices.NextDouble() < _options.FreshShare;
        PlannedRequest request = new($"{_options.Seed:x}-{++_sequence}", template, known, fresh, DueAt);
        Advance();
        return request;
    }

    /// <summary>Moves on without a request. Only to count what was due and never sent.</summary>
    public void Advance() => _dueSeconds += -Math.Log(1 - _gaps.NextDouble()) / _options.Rate;
}
