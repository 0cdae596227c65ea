using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Readiness;

/// <summary>Chooses what to ask a program about which nothing is known: the front page, or else its health.</summary>
internal static class DefaultRequest
{
    // The front page first, as it is most like what clients do; then the names that health endpoints usually have.
    private static readonly string[] _paths =
        ["/", "/health", "/healthz", "/livez", "/readyz", "/ready", "/ping", "/status", "/api/health", "/actuator/health"];

    /// <summary>The first path with an answer below 400; the front page if there is none.</summary>
    public static async Task<RequestTemplate> FindAsync(ReadinessProbe probe, int port, CancellationToken cancellationToken)
    {
        foreach (string path in _paths)
        {
            int? status = await probe.AskAsync(new Uri($"http://127.0.0.1:{port}{path}"), cancellationToken);
            if (status < 400) { return Get(path); }
        }

        return Get(_paths[0]);
    }

    private static RequestTemplate Get(string path) => new("GET", path, [], Body: null, Weight: 1, HasEffect: false);
}
