namespace Quiesce.Hosting.Registration;

/// <summary>A hook whose callback gets the host's services.</summary>
internal sealed class HookRegistration : ParticipantRegistration
{
    private readonly string _name;
    private readonly ShutdownPhase _phase;
    private readonly Func<IServiceProvider, CancellationToken, Task> _callback;
    private readonly TimeSpan? _limit;
    private readonly string[] _uses;

    public HookRegistration(
        string name, ShutdownPhase phase, Func<IServiceProvider, CancellationToken, Task> callback, TimeSpan? limit, string[] uses)
    {
        ArgumentNullException.ThrowIfNull(callback);
        (_name, _phase, _callback, _limit, _uses) = (name, phase, callback, limit, uses);

        // A trial registration, so that a wrong phase, an empty name or no time at all is refused where it is written, not at start-up.
        new ParticipantRegistry().AddHook(name, phase, Hook.Of(static (_, _) => Task.CompletedTask) with { Limit = limit }, uses);
    }

    public override void AddTo(ParticipantRegistry participants, IServiceProvider services)
    {
        var hook = new Hook((_, cancellationToken) => _callback(services, cancellationToken), Written: _callback) { Limit = _limit };
        participants.AddHook(_name, _phase, hook, _uses);
    }
}
