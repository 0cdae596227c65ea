using System.Net;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Asks an instance whether it is ready: any answer below 500 is a yes.</summary>
internal sealed class ReadinessProbe : IDisposable
{
    // Nothing tells a stranger that a program is ready, so it has to be asked. Each 50 ms: little against a start-up, and no load.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);

    // A program that accepts and then hangs must not use up the whole limit with one question.
    private static readonly TimeSpan _attempt = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly HttpClient _client;

    public ReadinessProbe(string path, TimeProvider time)
    {
        _path = path;
        _time = time;

        // Without reuse: a probe's idle connection would look like a client to a program that looks after its connections.
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task WaitAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(address, cancellationToken)) { await Task.Delay(_interval, _time, cancellationToken); }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsReadyAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_attempt, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(
                new Uri($"http://{address}{_path}"), HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode < 500;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
