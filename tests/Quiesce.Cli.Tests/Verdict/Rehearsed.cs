using System.Net;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Tests.Verdict;

/// <summary>Records of rehearsals that nobody ran. Instants are milliseconds of the run.</summary>
internal static class Rehearsed
{
    public static readonly RequestTemplate Get = new("GET", "/", [], null, 1, HasEffect: false);

    public static readonly RequestTemplate Order = new("POST", "/orders/{id}", [], null, 1, HasEffect: true);

    public static long At(int milliseconds) => milliseconds * (TimeProvider.System.TimestampFrequency / 1000);

    public static RequestRecord Request(OutcomeClass outcome, int? instance = 1, int sent = 0, int? ended = null, int? lastUsed = null) => new()
    {
        Id = "r",
        Template = Get,
        Endpoint = instance is { } number ? new Endpoint(number, new IPEndPoint(IPAddress.Loopback, 80)) : null,
        Outcome = outcome,
        Status = outcome == OutcomeClass.Ok ? 200 : null,
        ScheduledAt = At(sent),
        SentAt = At(sent),
        EndedAt = At(ended ?? sent),
        ConnectionUses = lastUsed is null ? 0 : 1,
        ConnectionLastUsedAt = lastUsed is { } at ? At(at) : null,
    };

    /// <summary>Signalled at 1,000, closed at 3,000, gone at 4,000, each instance five seconds after the one before.</summary>
    public static Stop Stop(int deployment = 1, int code = 0, bool killed = false)
    {
        int start = (deployment - 1) * 5000;
        return new Stop(
            deployment, deployment, At(start + 1000), At(start + 3000), At(start + 4000),
            killed ? new ExitStatus(null, Signals.Kill) : new ExitStatus(code, null), killed, [], TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2));
    }

    /// <summary>Told with the program, gone two and a half seconds later.</summary>
    public static BesideStop BesideStop(int code = 0, bool killed = false, params FamilyMember[] leftBehind) => new(
        new BesideIdentity(1, 1, "./worker"), killed ? new ExitStatus(null, Signals.Kill) : new ExitStatus(code, null), killed, leftBehind, TimeSpan.FromSeconds(2.5));

    public static Segment Segment(IReadOnlyList<RequestRecord> requests, params Stop[] stops) =>
        new(0, requests, stops, new LoadLateness(requests.Count, 0, TimeSpan.Zero));

    public static RehearsalRecord Record(IReadOnlyList<RequestRecord> requests, Stop stop, params LedgerResult[] ledgers) => new()
    {
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(20),
        NoStop = Segment([Request(OutcomeClass.Ok)]),
        Kill = Segment([Request(OutcomeClass.Refused)]),
        Deployments = Segment(requests, stop),
        FinalStop = Stop(2) with { Deployment = 0 },
        Ledgers = ledgers,
    };
}
