using Quiesce.Testing;

namespace Quiesce.Tests.Fixtures;

/// <summary>Reports with one of everything.</summary>
internal static class Reports
{
    public const string Secret = "Password=hunter2";

    public static ShutdownReport WithEverything { get; } = new()
    {
        Reason = new ShutdownReason(ShutdownTrigger.Signal, "SIGTERM"),
        SignalledAt = ManualTimeProvider.Start,
        GracePeriod = TimeSpan.FromSeconds(30),
        Duration = TimeSpan.FromSeconds(21.5),
        Phases = [new(ShutdownPhase.StopAccepting, TimeSpan.FromSeconds(1)), new(ShutdownPhase.Drain, TimeSpan.FromSeconds(20)), new(ShutdownPhase.Release, TimeSpan.FromSeconds(0.5))],
        Participants =
        [
            new("queue", ShutdownPhase.StopAccepting, StepOutcome.Completed, TimeSpan.FromSeconds(1), null, ["3 messages went back"]),
            new("ledger", ShutdownPhase.Release, StepOutcome.Failed, TimeSpan.FromSeconds(0.5), $"IOException: no route to 'Host=db;{Secret}'", [])
            {
                BeganAt = TimeSpan.FromSeconds(21), Origin = "Orders.Ledger", ReleasedBefore = ["import"],
            },
            new("import", ShutdownPhase.Drain, StepOutcome.Abandoned, TimeSpan.FromSeconds(20), null, [])
            {
                BeganAt = TimeSpan.FromSeconds(1), Origin = "Orders.Program.Main", Whereabouts = "it blocks thread 4711 in futex_wait",
            },
        ],
        InFlightAtSignal = 4,
        Abandoned = [new("GET /export/{id}", TimeSpan.FromSeconds(31), Ended: false) { Outcome = WorkOutcome.Ignored }],
        ExitCode = ShutdownExitCode.WorkAbandoned,
    };
}
