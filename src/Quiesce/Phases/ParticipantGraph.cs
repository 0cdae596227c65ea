namespace Quiesce;

/// <summary>Who uses whom, and the orders that follow from it.</summary>
/// <remarks>
/// Built from a snapshot; immutable. Mistakes (an unknown name, a cycle) are listed in <see cref="Problems"/> and their
/// relation is left out: start-up refuses them, but a shutdown that has begun goes on with what makes sense.
/// </remarks>
internal sealed class ParticipantGraph
{
    private readonly string[][] _named;
    private readonly List<int>[] _uses;
    private readonly List<int>[] _usedBy;

    private ParticipantGraph(IReadOnlyList<IShutdownParticipant> participants)
    {
        Participants = participants;
        _named = new string[participants.Count][];
        _uses = [.. participants.Select(_ => new List<int>())];
        _usedBy = [.. participants.Select(_ => new List<int>())];
    }

    public IReadOnlyList<IShutdownParticipant> Participants { get; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Indices of all participants, users before what they use, otherwise the latest registration first.</summary>
    public IReadOnlyList<int> ReleaseOrder { get; private set; } = [];

    public static ParticipantGraph Build(IReadOnlyList<IShutdownParticipant> participants)
    {
        var graph = new ParticipantGraph(participants);
        var problems = new List<string>();
        graph.ReadUses(problems);
        graph.LinkNamed(problems);
        graph.RemoveCycles(problems);
        graph.LinkEverything();
        graph.ReleaseOrder = graph.Sort();
        graph.Problems = problems;
        return graph;
    }

    /// <summary>The participants that use <paramref name="index"/>: it drains after them.</summary>
    public IReadOnlyList<int> UsersOf(int index) => _usedBy[index];

    /// <summary>The participants that <paramref name="index"/> uses.</summary>
    public IReadOnlyList<int> UsesOf(int index) => _uses[index];

    /// <summary>Whether the participant says what it uses, if only that it is nothing.</summary>
    public bool Declares(int index) => _named[index].Length > 0;

    /// <summary>Whether somebody can drain only after <paramref name="index"/> has.</summary>
    public bool IsUser(int index) => _uses[index].Count > 0;

    /// <summary>Reads each list once: it is foreign code, may throw, and may say something else the next time.</summary>
    private void ReadUses(List<string> problems)
    {
        for (int i = 0; i < _named.Length; i++)
        {
            try { _named[i] = [.. Participants[i].Uses.Distinct(StringComparer.OrdinalIgnoreCase)]; }
            catch (Exception error)
            {
                _named[i] = [];
                problems.Add($"'{Participants[i].Name}' cannot say what it uses: {error.GetType().Name}: {error.Message}");
            }
        }
    }

    private void LinkNamed(List<string> problems)
    {
        var indices = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < Participants.Count; i++) { indices[Participants[i].Name] = i; }

        for (int i = 0; i < Participants.Count; i++)
        {
            foreach (string name in _named[i])
            {
                if (name is ParticipantUses.Everything or ParticipantUses.Nothing) { continue; }

                if (indices.TryGetValue(name, out int used)) { Link(i, used); }
                else { problems.Add(Unknown(Participants[i].Name, name)); }
            }
        }
    }

    /// <summary>Wildcards in order of registration: each uses everything that does not, so far, lead to itself.</summary>
    private void LinkEverything()
    {
        for (int i = 0; i < Participants.Count; i++)
        {
            if (!_named[i].Contains(ParticipantUses.Everything)) { continue; }

            // Those that lead here may not be used, those that are used already need no second relation.
            HashSet<int> others = [.. Reach(i, _usedBy), .. _uses[i]];
            for (int other = 0; other < Participants.Count; other++)
            {
                if (others.Add(other)) { Link(i, other); }
            }
        }
    }

    private void Link(int user, int used)
    {
        _uses[user].Add(used);
        _usedBy[used].Add(user);
    }

    private static HashSet<int> Reach(int start, List<int>[] edges)
    {
        HashSet<int> seen = [start];
        List<int> open = [start];
        for (int i = 0; i < open.Count; i++)
        {
            open.AddRange(edges[open[i]].Where(seen.Add));
        }

        return seen;
    }

    private void RemoveCycles(List<string> problems)
    {
        foreach (IReadOnlyList<int> cycle in new CycleSearch(_uses).FindAll())
        {
            problems.Add("Uses goes round in a circle: " +
                string.Join(" → ", cycle.Append(cycle[0]).Select(i => $"'{Participants[i].Name}'")) + ". Remove one of them.");
            _uses[cycle[^1]].Remove(cycle[0]);
            _usedBy[cycle[0]].Remove(cycle[^1]);
        }
    }

    private List<int> Sort()
    {
        int[] users = Array.ConvertAll(_usedBy, static list => list.Count);
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < users.Length; i++)
        {
            if (users[i] == 0) { ready.Enqueue(i, -i); }
        }

        List<int> order = [];
        while (ready.TryDequeue(out int next, out _))
        {
            order.Add(next);
            foreach (int used in _uses[next])
            {
                if (--users[used] == 0) { ready.Enqueue(used, -used); }
            }
        }

        return order;
    }

    private string Unknown(string user, string name) =>
        $"'{user}' uses '{name}', which is no participant. Known: {string.Join(", ", Participants.Select(p => $"'{p.Name}'"))}.";
}
