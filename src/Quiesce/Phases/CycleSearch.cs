namespace Quiesce;

/// <summary>Finds the edges that close a circle, by depth-first search without recursion: ten thousand hooks in a chain are allowed.</summary>
internal sealed class CycleSearch(List<int>[] edges)
{
    private readonly State[] _states = new State[edges.Length];
    private readonly int[] _nextEdges = new int[edges.Length]; // of a node on the path: the edge to look at next
    private readonly List<IReadOnlyList<int>> _cycles = [];

    private enum State
    {
        New,
        OnPath,
        Done,
    }

    /// <summary>Each circle once, as a path whose last node has the closing edge to its first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> FindAll()
    {
        for (int i = 0; i < edges.Length; i++)
        {
            if (_states[i] == State.New) { Walk(i); }
        }

        return _cycles;
    }

    private void Walk(int start)
    {
        List<int> path = [];
        Enter(start);
        while (path.Count > 0)
        {
            int node = path[^1];
            if (_nextEdges[node] == edges[node].Count)
            {
                _states[node] = State.Done;
                path.RemoveAt(path.Count - 1);
                continue;
            }

            int next = edges[node][_nextEdges[node]++];
            if (_states[next] == State.New) { Enter(next); }
            else if (_states[next] == State.OnPath) { _cycles.Add([.. path.SkipWhile(n => n != next)]); }
        }

        void Enter(int node)
        {
            _states[node] = State.OnPath;
            path.Add(node);
        }
    }
}
