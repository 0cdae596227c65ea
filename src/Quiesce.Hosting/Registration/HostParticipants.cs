using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce.Hosting.Configuration;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.Hosting.Registration;

/// <summary>Gathers who has a part in the host's shutdown: registered participants, hosted services that are some, and the host itself.</summary>
internal sealed class HostParticipants(IServiceProvider services, ShutdownCoordinator coordinator, HostParticipant host, BudgetFactory budget)
{
    /// <summary>Adds all of them to the coordinator. Creates every hosted service. Call it once.</summary>
    /// <returns>A sentence or two for each name that is taken, each relation to nobody, each circle, each limit that is too
    /// long.</returns>
    public IReadOnlyList<string> Join()
    {
        List<string> mistakes = [];
        foreach (ParticipantRegistration registration in services.GetServices<ParticipantRegistration>())
        {
            Try(() => registration.AddTo(coordinator.Participants, services), mistakes);
        }

        // A hosted service may have been registered as a participant as well.
        HashSet<IShutdownParticipant> known = [.. coordinator.Participants.Snapshot()];
        foreach (IShutdownParticipant hosted in services.GetServices<IHostedService>().OfType<IShutdownParticipant>())
        {
            if (known.Add(hosted)) { Try(() => coordinator.Participants.Add(hosted), mistakes); }
        }

        Try(() => coordinator.Participants.Add(host), mistakes);
        IReadOnlyList<IShutdownParticipant> participants = coordinator.Participants.Snapshot();
        mistakes.AddRange(RelationCheck.Run(participants));
        mistakes.AddRange(budget.CheckLimits(participants));
        return mistakes;
    }

    private static void Try(Action join, List<string> mistakes)
    {
        try { join(); }
        catch (ShutdownConfigurationException mistake) { mistakes.AddRange(mistake.Failures); }
    }
}
