namespace Quiesce.Cli.Rehearse.Load.Journal;

/// <summary>Keeps each value once, and a number in its place: for what most often is the same.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Interned<T>(IEqualityComparer<T>? comparer = null)
    where T : class
{
    private const int None = -1;

    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly List<T> _values = [];

    /// <summary>Gets the value of a number that <see cref="Keep"/> returned.</summary>
    public T? this[int number] => number == None ? null : _values[number];

    public int Keep(T? value)
    {
        if (value is null) { return None; }
        if (_numbers.TryGetValue(value, out int number)) { return number; }
        _values.Add(value);
        return _numbers[value] = _values.Count - 1;
    }
}
