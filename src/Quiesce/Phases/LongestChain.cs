namespace Quiesce;

/// <summary>The chain of steps that wait for one another and together take longest.</summary>
internal static class LongestChain
{
    /// <summary>Finds it.</summary>
    /// <param name="order">All steps, each behind those it waits for.</param>
    /// <param name="waitsFor">What a step waits for; those that are not in <paramref name="order"/> do not count.</param>
    /// <param name="length">How long a step takes.</param>
    /// <returns>The chain in the order in which it runs, without the steps that take no time.</returns>
    public static IReadOnlyList<int> Find(IEnumerable<int> order, Func<int, IEnumerable<int>> waitsFor, Func<int, TimeSpan> length)
    {
        var ends = new Dictionary<int, (TimeSpan At, int? After)>();
        foreach (int index in order)
        {
            int? after = waitsFor(index).Where(ends.ContainsKey).Select(static other => (int?)other).MaxBy(other => ends[other!.Value].At);
            ends[index] = ((after is { } before ? ends[before].At : TimeSpan.Zero) + length(index), after);
        }

        List<int> chain = [];
        for (int? next = ends.Count == 0 ? null : ends.MaxBy(static end => end.Value.At).Key; next is { } index; next = ends[index].After)
        {
            if (length(index) > TimeSpan.Zero) { chain.Add(index); }
        }

        chain.Reverse();
        return chain;
    }
}
