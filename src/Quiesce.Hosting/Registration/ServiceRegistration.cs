using Microsoft.Extensions.DependencyInjection;

namespace Quiesce.Hosting.Registration;

/// <summary>A participant that is a service.</summary>
internal sealed class ServiceRegistration<TParticipant> : ParticipantRegistration
    where TParticipant : class, IShutdownParticipant
{
    public override void AddTo(ParticipantRegistry participants, IServiceProvider services) =>
        participants.Add(services.GetRequiredService<TParticipant>());
}
