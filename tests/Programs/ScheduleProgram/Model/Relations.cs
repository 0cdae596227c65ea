namespace Quiesce.Schedules;

/// <summary>Who uses whom, and who is released when: written for a reader, not for speed.</summary>
internal sealed class Relations
{
    private readonly HashSet<int>[] _uses;
    private readonly bool[] _declares;

    public Relations(IReadOnlyList<ParticipantScript> participants)
    {
        _declares = [.. participants.Select(static one => one.Uses.Length > 0)];
        _uses = [.. participants.Select(one => one.Uses
            .Select(name => participants.TakeWhile(other => other.Name != name).Count())
            .Where(index => index < participants.Count)
            .ToHashSet())];
        for (int i = 0; i < _uses.Length; i++)
        {
            if (!participants[i].Uses.Contains(ParticipantUses.Everything)) { continue; }

            _uses[i].UnionWith(Enumerable.Range(0, _uses.Length).Where(other => !LeadsTo(other, i)).ToList());
        }
    }

    public IEnumerable<int> UsersOf(int used) => Enumerable.Range(0, _uses.Length).Where(user => _uses[user].Contains(used));

    public bool Uses(int user, int used) => _uses[user].Contains(used);

    public bool UsesAny(int user) => _uses[user].Count > 0;

    /// <summary>Users first, else the latest registration first.</summary>
    public IReadOnlyList<int> Order()
    {
        List<int> order = [];
        while (order.Count < _uses.Length)
        {
            order.Add(Enumerable.Range(0, _uses.Length).Last(next => !order.Contains(next) && UsersOf(next).All(order.Contains)));
        }

        return order;
    }

    /// <summary>Those that say what they use share a stage with their neighbours in the order that do; the others stand alone.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Stages(Func<int, bool> hasPart)
    {
        List<List<int>> stages = [[]];
        foreach (int next in Order().Where(index => _declares[index] || hasPart(index)))
        {
            if (!_declares[next] || !stages[^1].TrueForAll(other => _declares[other])) { stages.Add([]); }

            stages[^1].Add(next);
        }

        return [.. stages.Where(stage => stage.Exists(index => hasPart(index)))];
    }

    /// <summary>Whether a chain of uses leads from one to the other.</summary>
    public bool LeadsTo(int from, int to) => from == to || _uses[from].Any(next => LeadsTo(next, to));
}
