using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Announcing;
using Quiesce.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Health;

/// <summary>What whoever asks whether we are ready is told. Thread-safe.</summary>
internal sealed class Readiness(ShutdownCoordinator coordinator, ReadinessChecks checks, IOptions<GracefulShutdownOptions> options)
{
    // In the items of a request that has asked: however many checks it runs, it is one question.
    private static readonly object _asked = new();

    /// <summary>Gets what a leaving service says.</summary>
    public ReadinessAnswer WhenLeaving => options.Value.Announce.Readiness;

    /// <summary>Gets whether we are ready, and the same in a word, for people: from one look at the phase.</summary>
    public (bool IsReady, string Word) Now => coordinator.Phase == ShutdownPhase.Running
        ? (true, "ready")
        : (WhenLeaving == ReadinessAnswer.Pass, "leaving");

    /// <summary>Remembers that somebody asks.</summary>
    /// <param name="request">His request.</param>
    /// <param name="isReady">What he will take the answer for.</param>
    public void Tell(HttpContext request, bool isReady)
    {
        if (!request.Items.TryAdd(_asked, null)) { return; }

        MarkAsProbe(request);
        checks.OnAsked(request.Connection.RemoteIpAddress, request.Request.Headers.UserAgent, isReady);
    }

    /// <summary>Whoever probes is no client: its connections say nothing about whether clients still come.</summary>
    public static void MarkAsProbe(HttpContext request)
    {
        if (request.Features.Get<TrackedConnection>() is { } connection) { connection.IsProbe = true; }
    }
}
