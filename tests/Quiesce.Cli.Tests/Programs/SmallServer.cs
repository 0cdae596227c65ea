using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>An HTTP server of a page, run as a process of its own by rehearsals of these tests.</summary>
internal sealed class SmallServer(SmallServerOptions options) : IDisposable
{
    public const string Name = "small-server";

    private static readonly TimeSpan _work = TimeSpan.FromMilliseconds(30);

    // Longer than the endpoint lag of the tests.
    private static readonly TimeSpan _announce = TimeSpan.FromMilliseconds(1200);

    private TcpListener _listener = new(IPAddress.Loopback, options.Port);
    private readonly SmallLedger _ledger = new(options);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections = 1; // One for the listener.
    private int _accepted;
    private ITimer? _early;
    private readonly Interrupter? _interrupter = options.Interrupt is { } order ? new Interrupter(order, options.Port) : null;
    private readonly LargeAnswers? _large = options.Large is { } events ? new LargeAnswers(events, options.LargeBytes) : null;
    private readonly PlannedLosses? _losses = options.Lose is { } file ? new PlannedLosses(file, options.Class) : null;

    public static async Task<int> RunAsync(SmallServerOptions options)
    {
        using var server = new SmallServer(options);
        using PosixSignalRegistration? registration = options.Leave == "unhandled" ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            server._large?.Told();
            server._interrupter?.Told();
            if (!server._told.TrySetResult() && options.Second == "dies") { Environment.Exit(options.ExitCode); }
        });
        server._listener.Start();
        Console.WriteLine($"listening, process {Environment.ProcessId}");
        Task accepting = server.AcceptAsync();
        await server._told.Task;
        if (options.Leave == "early") { server.CloseEarly(); }
        if (options.Leave is "well" or "early") { await server.LeaveWellAsync(accepting); }
        if (options.Leave == "never") { await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System); }
        return options.ExitCode;
    }

    public void Dispose()
    {
        _early?.Dispose();
        _listener.Dispose();
    }

    // Serve on while clients may still come, then close, then wait until each connection had its last answer.
    private async Task LeaveWellAsync(Task accepting)
    {
        await Task.Delay(_announce, TimeProvider.System);
        _listener.Stop();
        await accepting;
        Release();
        await _empty.Task;
    }

    // At a random moment of the first 200 ms, while new connections still come.
    private void CloseEarly() => _early = TimeProvider.System.CreateTimer(
        _ => _listener.Stop(), null, TimeSpan.FromMilliseconds(Random.Shared.Next(200)), Timeout.InfiniteTimeSpan);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                if (++_accepted is var count && (count == options.Moves || count == options.Closes)) { LeavePort(); }
                _interrupter?.Count();
                _ = ServeAsync(client);
            }
        }
        catch (Exception end) when (end is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    // Nobody has told it to.
    private void LeavePort()
    {
        _listener.Stop();
        if (options.Moves == 0) { return; }
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Console.WriteLine($"moved to port {((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using StreamReader reader = new(client.GetStream(), Encoding.Latin1);
            bool last = false;
            while (!last && await reader.ReadLineAsync() is { } requestLine)
            {
                await SkipRequestAsync(reader);
                _interrupter?.Count();
                await Task.Delay(_work, TimeProvider.System);
                _ledger.BeforeAnswer(requestLine);
                last = _told.Task.IsCompleted;
                if (last && _losses?.Next() is { } loss)
                {
                    await LoseAsync(client.GetStream(), loss);
                    return;
                }

                if (_large is not null && LargeAnswers.IdOf(requestLine) is { } id)
                {
                    await _large.SendAsync(client.GetStream(), id, last);
                    continue;
                }

                int status = await StatusOfAsync(requestLine);
                string body = requestLine.StartsWith("GET /ledger ", StringComparison.Ordinal) ? _ledger.Text : "ok";
                string answer = $"HTTP/1.1 {status} Fine\r\nContent-Length: {body.Length}\r\n{(last ? "Connection: close\r\n" : "")}\r\n{body}";
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer));
                _ledger.AfterAnswer(requestLine);
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
        finally
        {
            client.Dispose();
            Release();
        }
    }

    private async Task<int> StatusOfAsync(string requestLine)
    {
        if (options.Needs is { } helper && !await AnswersAsync(helper)) { return 502; }
        if (options.Only is { } only && requestLine.Split(' ')[1] != only) { return 404; }
        return requestLine.StartsWith("POST ", StringComparison.Ordinal) ? options.PostStatus : 200;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using TcpClient helper = new();
        try
        {
            await helper.ConnectAsync(IPAddress.Loopback, port);
            await helper.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            return await helper.GetStream().ReadAsync(new byte[1]) > 0;
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task LoseAsync(NetworkStream stream, string loss)
    {
        string answer = loss switch
        {
            PlannedLosses.Truncated => "HTTP/1.1 200 Fine\r\nContent-Length: 10\r\n\r\nhalf",
            PlannedLosses.ServerError => "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            PlannedLosses.Unavailable => "HTTP/1.1 503 Leaving\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            _ => "",
        };
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));

        // Until the client has had enough, and goes.
        if (loss == PlannedLosses.Timeout) { _ = await stream.ReadAsync(new byte[1]); }
    }

    private static async Task SkipRequestAsync(StreamReader reader)
    {
        int length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) { length = int.Parse(header.AsSpan(15)); }
        }

        // Reading nothing would wait for the next request.
        if (length > 0) { await reader.ReadBlockAsync(new char[length]); }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _connections) == 0) { _empty.TrySetResult(); }
    }
}
