using System.Runtime.CompilerServices;

namespace Quiesce;

public sealed partial class GracefulShutdown
{
    /// <summary>Disposes of a resource in Release: a client, a connection, a file. A file (<see cref="FileStream"/>, or a <see cref="StreamWriter"/>
    /// over one) is flushed to the disk first.</summary>
    /// <param name="name">For people and for relations; unique. Whoever uses the resource names it in <see cref="IShutdownParticipant.Uses"/>.</param>
    /// <param name="resource">The resource. Nobody else should dispose of it.</param>
    /// <param name="uses">The participants that the resource uses itself; <see cref="ParticipantUses.Nothing"/> lets it be released beside others.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    [OverloadResolutionPriority(1)]
    public void DisposeOnRelease(string name, IAsyncDisposable resource, params string[] uses) => AddResource(name, resource, uses);

    /// <summary>Disposes of a resource in Release; see <see cref="DisposeOnRelease(string, IAsyncDisposable, string[])"/>.</summary>
    /// <param name="name">For people and for relations; unique.</param>
    /// <param name="resource">The resource. Nobody else should dispose of it.</param>
    /// <param name="uses">The participants that the resource uses itself.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public void DisposeOnRelease(string name, IDisposable resource, params string[] uses) => AddResource(name, resource, uses);

    /// <summary>Gives up a lock, a lease or a leadership by disposing of its handle, once nothing is in flight any more: it is held through the drain.
    /// If work that was left behind still runs, it is not given up but ends with the process, and the report says so.</summary>
    /// <remarks>Any lock library fits whose handle is disposable and whose renewal goes on until then.</remarks>
    /// <param name="name">For people and for relations; unique.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="uses">The participants that the lock uses, such as the pool its connection is from. <see cref="ParticipantUses.Nothing"/> lets it be
    /// given up beside other releases: the shortest time without a leader.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    [OverloadResolutionPriority(1)]
    public void HoldThroughDrain(string name, IAsyncDisposable handle, params string[] uses) => AddHeld(name, handle, uses);

    /// <summary>Gives up a lock once nothing is in flight any more; see <see cref="HoldThroughDrain(string, IAsyncDisposable, string[])"/>.</summary>
    /// <param name="name">For people and for relations; unique.</param>
    /// <param name="handle">The handle.</param>
    /// <param name="uses">The participants that the lock uses.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public void HoldThroughDrain(string name, IDisposable handle, params string[] uses) => AddHeld(name, handle, uses);

    /// <summary>Starts a thread for work that blocks. It is asked to end in Drain, when those who use it have drained, and joined. Started after Drain began, the
    /// thread is never asked to end.</summary>
    /// <param name="name">For people and for relations; unique. The thread has it too.</param>
    /// <param name="body">What it does. Its token asks to end; it may look at <see cref="Aborting"/> as well. What it throws is logged, and is in the report.</param>
    /// <param name="uses">The participants that the thread uses: they drain and are released after it.</param>
    /// <exception cref="ShutdownConfigurationException">The name is taken; the thread was not started.</exception>
    public void StartThread(string name, Action<CancellationToken> body, params string[] uses)
    {
        ArgumentNullException.ThrowIfNull(body);
        var thread = new DedicatedThread(name, uses, _coordinator.Logger);
        Add(thread);
        thread.Start(body);
    }

    private void AddResource(string name, object resource, string[] uses)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Add(new OwnedResource(name, resource, uses));
    }

    private void AddHeld(string name, object handle, string[] uses)
    {
        ArgumentNullException.ThrowIfNull(handle);
        Add(new HeldThroughDrain(_coordinator, name, handle, uses));
    }
}
