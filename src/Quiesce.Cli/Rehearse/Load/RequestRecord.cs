using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>What became of one request, as seen on the wire. All instants are timestamps of the run's <see cref="TimeProvider"/>.</summary>
internal sealed record RequestRecord
{
    /// <summary>Unique within the run; replaces <c>{id}</c>.</summary>
    public required string Id { get; init; }

    public required RequestTemplate Template { get; init; }

    /// <summary>Which instance it was sent to; <see langword="null"/> when the balancer had none to offer.</summary>
    public required Endpoint? Endpoint { get; init; }

    public required OutcomeClass Outcome { get; init; }

    public int? Status { get; init; }

    /// <summary>When the open-loop schedule wanted it sent. Latency counts from here: no coordinated omission.</summary>
    public required long ScheduledAt { get; init; }

    /// <summary>When its first byte was handed to the kernel, or the connect was begun.</summary>
    public required long SentAt { get; init; }

    public required long EndedAt { get; init; }

    /// <summary>How many requests the connection had carried before this one; 0 means a fresh connection.</summary>
    public required int ConnectionUses { get; init; }

    /// <summary>When the connection's previous answer was complete; <see langword="null"/> on a fresh connection.</summary>
    public long? ConnectionLastUsedAt { get; init; }

    /// <summary>Whether this answer said <c>Connection: close</c>.</summary>
    public bool ConnectionCloseSeen { get; init; }

    /// <summary>Whether it was one of a burst, beside the schedule.</summary>
    public bool InBurst { get; init; }

    /// <summary>How often it was sent again, because the server had said that it did nothing with it. HTTP/2 only.</summary>
    public int SentAgain { get; init; }

    /// <summary>Whether the client may rely on the effect: a complete answer that says so. A 404 is complete and promises nothing.</summary>
    public bool IsAcknowledged => this is { Outcome: OutcomeClass.Ok, Status: >= 200 and < 300, Template.HasEffect: true };

    /// <summary>One line for a person: the socket error, the status, what was cut.</summary>
    public string? Detail { get; init; }
}
