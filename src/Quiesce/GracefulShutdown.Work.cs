namespace Quiesce;

public sealed partial class GracefulShutdown
{
    /// <summary>Starts work that nobody waits for but the shutdown: the safe way to fire and forget. What it throws is logged.</summary>
    /// <param name="kind">What it is, for people: "confirmation e-mail". No identifiers, no payload: it appears in reports.</param>
    /// <param name="work">The work, on a pool thread, without the caller's ambient state. Its token is cancelled at the drain's deadline;
    /// the work is awaited then, and named in the report.</param>
    /// <returns><see langword="true"/>: it runs. <see langword="false"/>: the drain has begun; nothing was started.</returns>
    public bool TryRun(string kind, Func<CancellationToken, Task> work) => TryRun(kind, DrainPolicy.Finish, work);

    /// <summary>Starts work that nobody waits for but the shutdown, and says what the drain means for it.</summary>
    /// <param name="kind">What it is, for people; see <see cref="TryRun(string, Func{CancellationToken, Task})"/>.</param>
    /// <param name="policy">When its token is cancelled.</param>
    /// <param name="work">The work.</param>
    /// <returns><see langword="true"/>: it runs. <see langword="false"/>: the drain has begun; nothing was started.</returns>
    public bool TryRun(string kind, DrainPolicy policy, Func<CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        CancellationToken stop = policy == DrainPolicy.Cancel ? Draining : Aborting;
        return BackgroundWork.TryStart(_coordinator, kind, parent: default, () => work(stop), stop);
    }

    /// <summary>Starts work that nobody waits for but the shutdown, and that is too long to finish: it saves how far it has come and ends.</summary>
    /// <param name="kind">What it is, for people; see <see cref="TryRun(string, Func{CancellationToken, Task})"/>.</param>
    /// <param name="work">The work. Its first token is <see cref="Draining"/>: come to a good stopping point, save the checkpoint, end. Its second
    /// is <see cref="Aborting"/>: stop now.</param>
    /// <returns><see langword="true"/>: it runs. <see langword="false"/>: the drain has begun; nothing was started.</returns>
    public bool TryRun(string kind, Func<CancellationToken, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);

        // An OperationCanceledException of the first token is a normal end too: Aborting never comes before Draining.
        return BackgroundWork.TryStart(_coordinator, kind, parent: default, () => work(Draining, Aborting), Draining);
    }
}
