namespace Quiesce;

/// <summary>Whether a unit of work is done or handed back: the first to say so decides.</summary>
/// <remarks>
/// One word holds the unit's version and its fate, and each change is one compare-and-swap from <em>open</em>. That closes two races:
/// a unit that says it is done in the instant in which it is handed back (an acknowledgement and a nack of one message), and a stale lease
/// that decides about the slot's next unit.
/// </remarks>
internal struct WorkFate
{
    private const long Open = 0;
    private const long Completed = 1;
    private const long HandedBack = 2;

    private long _word;

    public void Reset(int version) => Volatile.Write(ref _word, Word(version, Open));

    public bool TryComplete(int version) => TryDecide(version, Completed);

    public bool TryHandBack(int version) => TryDecide(version, HandedBack);

    public readonly bool IsCompleted(int version) => Volatile.Read(in _word) == Word(version, Completed);

    private static long Word(int version, long fate) => ((long)version << 2) | fate;

    private bool TryDecide(int version, long fate) =>
        Interlocked.CompareExchange(ref _word, Word(version, fate), Word(version, Open)) == Word(version, Open);
}
