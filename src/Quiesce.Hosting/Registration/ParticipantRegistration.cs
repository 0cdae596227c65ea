namespace Quiesce.Hosting.Registration;

/// <summary>A participant as registered with the services, in order of registration.</summary>
internal abstract class ParticipantRegistration
{
    public abstract void AddTo(ParticipantRegistry participants, IServiceProvider services);
}
