namespace Quiesce.PostgreSql;

/// <summary>How a process stands for a leadership, and makes sure that it has it.</summary>
public sealed class PostgreSqlLeaderOptions
{
    internal static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);

    internal static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the key of the advisory lock.</summary>
    /// <value><see langword="null"/>, the default, makes one of the leadership's name, the same in every process.</value>
    public long? Key { get; set; }

    /// <summary>Gets or sets how often one that does not lead tries to. A leader that leaves tells the others, so this only bounds how long nobody leads
    /// after a crash.</summary>
    /// <value>10 ms to 1 h; default 1 s: one small query a second, and so long without a leader after a crash.</value>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how often the leader asks for a sign of life of its session, and how long the answer may take, if that is more than a
    /// second. A connection that is closed is noticed at once, one behind a network that hangs only so.</summary>
    /// <value>10 ms to 1 h; default 5 s.</value>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the participants that the leader uses besides the pool, such as a publisher: they drain and are released after it.</summary>
    /// <value>Names; empty by default.</value>
    public IReadOnlyCollection<string> Uses { get; set; } = [];

    internal void Check()
    {
        Check(RetryInterval, nameof(RetryInterval));
        Check(CheckInterval, nameof(CheckInterval));
    }

    private static void Check(TimeSpan interval, string name)
    {
        if (interval < ShortestInterval || interval > LongestInterval)
        {
            throw new ArgumentOutOfRangeException(name, interval, $"{name} is {interval}; use {ShortestInterval} to {LongestInterval}.");
        }
    }
}
