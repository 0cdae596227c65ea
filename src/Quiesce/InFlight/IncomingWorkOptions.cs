namespace Quiesce;

/// <summary>What a shutdown does with work that comes in.</summary>
/// <typeparam name="T">What comes in.</typeparam>
public class IncomingWorkOptions<T>
{
    /// <summary>Gets or sets what the drain means for the items.</summary>
    /// <value>Default <see cref="DrainPolicy.Finish"/>: what was taken is worked off, waiting items too. With <see cref="DrainPolicy.Cancel"/> waiting
    /// items are handed back, and those that run are cancelled and then handed back.</value>
    public DrainPolicy Policy { get; set; }

    /// <summary>Gets or sets how an item goes back to where it came from.</summary>
    /// <value>Called at most once per item, and never for one that is done. Its token is cancelled when its share of the time is used up.
    /// <see langword="null"/>, the default: an item that the deadline catches is lost, and the report names it.</value>
    public Func<T, CancellationToken, Task>? HandBack { get; set; }

    /// <summary>Gets or sets the participants that the handler uses: the items drain before them.</summary>
    /// <value>Names; empty by default. What brings items must say that it uses whatever takes them; the web server does by itself.</value>
    public IReadOnlyCollection<string> Uses { get; set; } = [];
}
