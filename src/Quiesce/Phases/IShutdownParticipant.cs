namespace Quiesce;

/// <summary>Something that has a part in the shutdown.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Order: StopAccepting runs for all participants at once, at the signal. Drain runs as soon as every participant that
/// uses this one has drained. Release runs in reverse order of registration, users first; participants that say what they use,
/// if only <see cref="ParticipantUses.Nothing"/>, are released side by side where no relation orders them. Exit has no method: only hooks
/// have a part in it, see <see cref="GracefulShutdown.OnExit(string, Func{CancellationToken, Task})"/>.</item>
/// <item>Each method is called at most once, on a pool thread, and after the one before it has ended or was abandoned: one that was abandoned may
/// still run beside the next.</item>
/// <item>A method that throws is reported and skips nothing. One that outlives its limit has its token cancelled, is then
/// abandoned, named in the report, and may still be running while later phases run.</item>
/// </list>
/// </remarks>
public interface IShutdownParticipant
{
    /// <summary>Gets the name, for people and for <see cref="Uses"/>. Unique within its host or program, ignoring case.</summary>
    string Name { get; }

    /// <summary>Gets the names of the participants this one uses: it drains before them and is released before them.
    /// <see cref="ParticipantUses.Everything"/> stands for all that do not use this one, <see cref="ParticipantUses.Nothing"/> for none.
    /// An empty list says nothing: then the order of registration counts.</summary>
    IReadOnlyCollection<string> Uses => [];

    /// <summary>Returns how long its part in a phase may take at most, counted from when it begins.</summary>
    /// <remarks>
    /// <para>It is asked to end after nine tenths of that, and given up after all of it. Without a limit of its own a participant has a fair
    /// share: half of what remains, all of it if nobody waits for it; in Drain all time up to the drain's deadline.</para>
    /// <para>In Release a limit is also a promise: those that are released before leave that much. Limits that do not fit, along the
    /// longest chain of participants that wait for one another, into the release reserve (in Drain and StopAccepting: into the time up to
    /// the drain's deadline) are refused at start-up, and shortened if only the environment's grace is too short.</para>
    /// <para>Called at start-up and during a shutdown, possibly at once on several threads; it should always say the same.</para>
    /// </remarks>
    /// <param name="phase">StopAccepting, Drain or Release.</param>
    /// <returns>More than zero; <see langword="null"/>, the default, for a fair share.</returns>
    TimeSpan? LimitOf(ShutdownPhase phase) => null;

    /// <summary>Shuts the source: nothing new from outside once the task completes. Runs at the signal, beside all others.</summary>
    /// <param name="context">Why, and how much time is left.</param>
    /// <param name="cancellationToken">Asks to finish at once: the limit is near, or a person is waiting.</param>
    /// <returns>A task that completes when the source is shut.</returns>
    Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what is in flight here. Cancellation asks to hand back what cannot finish.</summary>
    /// <param name="context">Why, and how much time is left.</param>
    /// <param name="cancellationToken">Cancelled at the drain's deadline.</param>
    /// <returns>A task that completes when nothing is in flight here any more.</returns>
    Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives resources back: flush, close, unlock.</summary>
    /// <param name="context">Why, and how much time is left.</param>
    /// <param name="cancellationToken">Cancelled shortly before the participant is given up.</param>
    /// <returns>A task that completes when the resources are given back.</returns>
    Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
