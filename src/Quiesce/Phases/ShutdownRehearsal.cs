using Microsoft.Extensions.Logging.Abstractions;

namespace Quiesce;

/// <summary>Acts a shutdown out that belongs to nobody, while the real one announces and drains.</summary>
/// <remarks>
/// The code of a shutdown runs once in a process, so the just-in-time compiler meets all of it between the last answer and the process's
/// end: tens of milliseconds in which a deployment waits. Here it is compiled beside work that is in flight anyway.
/// It has a coordinator of its own, real time, and no channel: nothing of it is logged, measured or reported.
/// </remarks>
internal static class ShutdownRehearsal
{
    /// <summary>With less the shutdown needs the processor itself: a busy one spends a second on what an idle one compiles in 50 ms.</summary>
    public static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(8);

    private const string Name = "rehearsal";

    public static Task<ShutdownReport> RunAsync(ShutdownBudget budget)
    {
        var coordinator = new ShutdownCoordinator(budget, new ParticipantRegistry(), TimeProvider.System, NullLogger.Instance);
        coordinator.Reports.KeepToThemselves();
        coordinator.Participants.AddHook("hook", ShutdownPhase.Release, Hook.Of(static async (_, _) => await Task.Yield()), []);
        coordinator.Participants.Add(new Part());
        coordinator.TryBegin(new ShutdownReason(ShutdownTrigger.Finished, Name), TimeProvider.System.GetTimestamp());
        return coordinator.Completion;
    }

    /// <summary>Takes part as a web server and a host do: something to wait for in each phase.</summary>
    private sealed class Part : IShutdownParticipant
    {
        public string Name => ShutdownRehearsal.Name;

        public IReadOnlyCollection<string> Uses { get; } = [WorkParticipant.ParticipantName, ParticipantUses.Everything];

        public async Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => await Task.Yield();

        public async Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => await Task.Yield();

        public async Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => await Task.Yield();
    }
}
