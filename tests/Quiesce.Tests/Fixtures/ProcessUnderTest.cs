using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quiesce.Testing;

namespace Quiesce.Tests.Fixtures;

/// <summary>A process owner on fake signals, a fake process end, and manual time.</summary>
internal sealed class ProcessUnderTest
{
    public ProcessUnderTest(bool terminalAttached = false, ITerminal? terminal = null, NotifySocket? serviceManager = null)
    {
        Signals = new FakeSignals { TerminalAttached = terminalAttached };
        Owner = new ProcessOwner(Signals, End, Time) { Terminal = terminal, ServiceManager = serviceManager };
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeSignals Signals { get; }

    public FakeProcessEnd End { get; } = new();

    public ProcessOwner Owner { get; }

    /// <summary>A member with the default shares of a grace.</summary>
    public ProcessShutdown Member(
        double grace = 30, bool alwaysExitZero = false, IReadOnlyList<IReportChannel>? files = null, SignalOptions? signals = null, ILogger? logger = null)
    {
        var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(grace) };
        var coordinator = new ShutdownCoordinator(
            BudgetPlanner.Plan(options, null).Require(), new ParticipantRegistry(), Time, NullLogger.Instance);
        return new ProcessShutdown(coordinator, Owner, logger ?? NullLogger.Instance, alwaysExitZero) { ReportFiles = files ?? [], Signals = signals ?? new() };
    }

    public ProcessShutdown StartedMember(double grace = 30, bool alwaysExitZero = false, SignalOptions? signals = null)
    {
        ProcessShutdown member = Member(grace, alwaysExitZero, signals: signals);
        member.Attach();
        member.Started();
        return member;
    }
}
