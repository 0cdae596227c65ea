using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Documentation.Tests.Samples;

/// <summary>An address that samples post to. It answers when the test lets it, and notes what it has answered.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _answers = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public Receiver()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>Gets the bodies, in order of arrival.</summary>
    public Lines Arrived { get; } = new();

    /// <summary>Gets the bodies that were answered.</summary>
    public Lines Answered { get; } = new();

    public void Answer(int count) => _answers.Release(count);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving.OrHang();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                using NetworkStream stream = client.GetStream();
                string body = await ReadBodyAsync(stream);
                Arrived.Add(body);
                await _answers.WaitAsync(_stop.Token);
                Answered.Add(body);
                await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), _stop.Token);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task<string> ReadBodyAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        int length = 0;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) { length = int.Parse(header.AsSpan(15), provider: null); }
        }

        char[] body = new char[length];
        await reader.ReadBlockAsync(body, _stop.Token);
        return new string(body);
    }
}
