namespace Quiesce.Hosting.Registration;

/// <summary>A hook whose callback gets the host's services.</summary>
internal sealed class HookRegistration : ParticipantRegistration
{
    private readonly string _name;
    private readonly ShutdownPhase _phase;
    private readonly Func<IServiceProvider, CancellationToken, Task> _callback;
    private readonly string[] _uses;

    public HookRegistration(string name, ShutdownPhase phase, Func<IServiceProvider, CancellationToken, Task> callback, string[] uses)
    {
        ArgumentNullException.ThrowIfNull(callback);
        (_name, _phase, _callback, _uses) = (name, phase, callback, uses);

        // A trial registration, so that a wrong phase or an empty name is refused where it is written, not at start-up.
        new ParticipantRegistry().AddHook(name, phase, Hook.Of(static (_, _) => Task.CompletedTask), uses);
    }

    public override void AddTo(ParticipantRegistry participants, IServiceProvider services) =>
        participants.AddHook(_name, _phase, new Hook((_, cancellationToken) => _callback(services, cancellationToken), Written: _callback), _uses);
}
