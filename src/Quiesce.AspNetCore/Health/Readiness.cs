using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Health;

/// <summary>What whoever asks whether we are ready is told. Thread-safe.</summary>
internal sealed class Readiness(ShutdownCoordinator coordinator, ReadinessChecks checks, IOptions<GracefulShutdownOptions> options)
{
    public bool IsLeaving => coordinator.Phase != ShutdownPhase.Running;

    public bool IsReady => !IsLeaving || WhenLeaving == ReadinessAnswer.Pass;

    /// <summary>Gets what a leaving service says.</summary>
    public ReadinessAnswer WhenLeaving => options.Value.Announce.Readiness;

    /// <summary>Gets it in a word, for people.</summary>
    public string Word => IsLeaving ? "leaving" : "ready";

    /// <summary>Remembers that somebody asks, who will be told.</summary>
    /// <returns>What he is told: <see cref="IsReady"/>.</returns>
    public bool Tell(HttpContext asked)
    {
        bool isReady = IsReady;
        MarkAsProbe(asked);
        checks.OnAsked(asked.Connection.RemoteIpAddress, asked.Request.Headers.UserAgent, isReady);
        return isReady;
    }

    /// <summary>Whoever probes is no client: its connections say nothing about whether clients still come.</summary>
    public static void MarkAsProbe(HttpContext asked)
    {
        if (asked.Features.Get<TrackedConnection>() is { } connection) { connection.IsProbe = true; }
    }
}
