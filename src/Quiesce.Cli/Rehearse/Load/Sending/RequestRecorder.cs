using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>Writes down what became of a request, the same way for every kind.</summary>
/// <param name="underWay">How long a byte is under way each way, in ticks of the clock.</param>
internal sealed class RequestRecorder(IBalancer balancer, LoadJournal journal, long underWay, TimeProvider time)
{
    public void CountSent(PlannedRequest planned, long at)
    {
        if (planned.OnSent is { } onSent) { onSent(); }
        else { journal.Sent(planned.ScheduledAt, at); }
    }

    /// <param name="sentAt">When it was sent first.</param>
    /// <param name="uses">How many requests the connection had carried before.</param>
    /// <param name="lastUsedAt">When its last answer was complete.</param>
    /// <param name="sentAgain">How often the request was sent again.</param>
    public RequestRecord Sent(
        PlannedRequest planned, Endpoint endpoint, WireResult result, long sentAt, int uses, long? lastUsedAt, int sentAgain = 0) => new()
    {
        Id = planned.Id,
        Template = planned.Template,
        Endpoint = Whom(endpoint, result.ServedBy),
        Outcome = result.Outcome,
        Status = result.Status,
        ScheduledAt = planned.ScheduledAt,
        SentAt = sentAt,
        EndedAt = result.EndedAt,
        ConnectionUses = uses,
        // Behind a proxy the program knows nothing of this connection: no announce can reach it. Otherwise it left the program's hands
        // as long before it arrived as the network takes.
        ConnectionLastUsedAt = endpoint.IsProxy ? null : lastUsedAt - underWay,
        ConnectionCloseSeen = result.CloseSeen,
        InBurst = planned.InBurst,
        SentAgain = sentAgain,
        Detail = result.Detail,
    };

    /// <summary>There was no connection that it could have been sent on.</summary>
    public RequestRecord Unsent(PlannedRequest planned, Endpoint? endpoint, long beganAt, OutcomeClass outcome, string detail, int sentAgain = 0) => new()
    {
        Id = planned.Id,
        Template = planned.Template,
        Endpoint = endpoint is null ? null : Whom(endpoint, servedBy: null),
        Outcome = outcome,
        ScheduledAt = planned.ScheduledAt,
        SentAt = beganAt,
        EndedAt = time.GetTimestamp(),
        ConnectionUses = 0,
        InBurst = planned.InBurst,
        SentAgain = sentAgain,
        Detail = detail,
    };

    /// <summary>A connection could not be made.</summary>
    public RequestRecord Unconnected(PlannedRequest planned, Endpoint endpoint, IPEndPoint address, long beganAt, SocketException error, int sentAgain = 0)
    {
        if (SocketErrorText.IsOwnShortage(error))
        {
            journal.Fail(new LoadFailedException(
                $"No connection to {address} could be begun: {SocketErrorText.Of(error)}. This machine ran out of local ports or open "
                + "files, the program is not to blame. Lower the rate or the share of fresh connections, or raise the limit.", error));
        }

        OutcomeClass outcome = OutcomeClassifier.ClassifyConnect(error);
        return Unsent(planned, endpoint, beganAt, outcome, SocketErrorText.Of(error) + "; nothing was sent", sentAgain);
    }

    // Whoever a proxy has asked, if it says so: only that tells which instance lost the request.
    private Endpoint? Whom(Endpoint chosen, string? servedBy)
    {
        if (!chosen.IsProxy) { return chosen; }
        return servedBy is null ? null : balancer.Find(servedBy);
    }
}
