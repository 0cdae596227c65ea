using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Readiness;

/// <summary>Asks an instance whether it is ready.</summary>
internal sealed class ReadinessProbe(ReadinessRule rule, TimeProvider time) : IDisposable
{
    // Nothing tells a stranger that a program is ready, so it has to be asked. Each 50 ms: little against a start-up, and no load.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(50);

    // A program that accepts and then hangs must not use up the whole limit with one question.
    private static readonly TimeSpan _attempt = TimeSpan.FromSeconds(2);

    // Without reuse: a probe's idle connection would look like a client to a program that looks after its connections.
    private readonly HttpClient _client =
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>Returns once the instance is ready.</summary>
    public async Task WaitAsync(IPEndPoint address, ProgramProcess program, CancellationToken cancellationToken)
    {
        if (rule.Kind == ReadinessKind.Line)
        {
            await program.Output.WaitForLineAsync(rule.Value, cancellationToken);
            return;
        }

        while (!await IsReadyAsync(address, cancellationToken)) { await Task.Delay(_interval, time, cancellationToken); }
    }

    /// <summary>The status of one GET; <see langword="null"/> when there was no answer in time.</summary>
    public async Task<int?> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_attempt, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsReadyAsync(IPEndPoint address, CancellationToken cancellationToken) => rule.Kind == ReadinessKind.Tcp
        ? await AcceptsAsync(address, cancellationToken)
        : await AskAsync(rule.UrlFor(address.Port), cancellationToken) < 500;

    private static async Task<bool> AcceptsAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
