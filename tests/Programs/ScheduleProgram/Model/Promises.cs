namespace Quiesce.Schedules;

/// <summary>What explicit limits in Release come to: what each has, and what it must leave to those behind it.</summary>
internal sealed class Promises
{
    private readonly IReadOnlyList<ParticipantScript> _participants;
    private readonly Relations _relations;
    private readonly IReadOnlyList<IReadOnlyList<int>> _stages;
    private readonly double _scale;

    public Promises(IReadOnlyList<ParticipantScript> participants, Relations relations, IReadOnlyList<IReadOnlyList<int>> stages, double available)
    {
        (_participants, _relations, _stages) = (participants, relations, stages);
        bool allHaveOne = stages.SelectMany(static stage => stage).All(i => participants[i].Release is null or { Limit: not null });
        double promisable = allHaveOne ? available : available * 0.75;
        double promised = stages.Sum(Longest);
        _scale = promised > promisable ? promisable / promised : 1;
    }

    public double? LimitOf(int i) => _participants[i].Release?.Limit * _scale;

    /// <summary>The longest chain of those it uses in its own stage, and all stages behind that.</summary>
    public double Behind(int i)
    {
        IReadOnlyList<int> own = _stages.Single(stage => stage.Contains(i));
        double used = own.Where(other => _relations.Uses(i, other)).Select(other => Chain(other, own)).DefaultIfEmpty().Max();
        return _scale * (used + _stages.SkipWhile(stage => stage != own).Skip(1).Sum(Longest));
    }

    private double Longest(IReadOnlyList<int> stage) => stage.Max(i => Chain(i, stage));

    private double Chain(int from, IReadOnlyList<int> stage) =>
        (_participants[from].Release?.Limit ?? 0) + stage.Where(other => _relations.Uses(from, other)).Select(other => Chain(other, stage)).DefaultIfEmpty().Max();
}
