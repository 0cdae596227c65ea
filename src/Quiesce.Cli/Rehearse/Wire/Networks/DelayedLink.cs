using System.Net.Sockets;
using System.Threading.Channels;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>One connection of a delayed network: two directions, each a line on which what happened waits until it is due.</summary>
/// <param name="hurry">Nobody looks any more: what waits is carried at once.</param>
/// <remarks>A reset ends both directions, each after its delay; an end of stream ends one. Owns both sockets.</remarks>
internal sealed class DelayedLink(Socket client, Socket server, TimeSpan delay, TimeProvider time, CancellationToken hurry)
{
    private const int BlockBytes = 16 * 1024;

    // The bytes of a block, or null for the end of the stream or a reset.
    private sealed record Event(long At, byte[]? Bytes, bool IsReset);

    private sealed record Line(Socket From, Socket To)
    {
        public Channel<Event> Events { get; } = Channel.CreateUnbounded<Event>(new UnboundedChannelOptions { SingleReader = true });
    }

    /// <summary>Completes when both directions have ended. Never fails.</summary>
    public async Task RunAsync()
    {
        Line up = new(client, server), down = new(server, client);
        await Task.WhenAll(TakeAsync(up), TakeAsync(down), GiveAsync(up, down), GiveAsync(down, up));
        client.Dispose();
        server.Dispose();
    }

    private async Task TakeAsync(Line line)
    {
        byte[] block = new byte[BlockBytes];
        try
        {
            for (int received; (received = await line.From.ReceiveAsync(block)) > 0;) { Put(line, block.AsSpan(0, received).ToArray(), isReset: false); }
            Put(line, null, isReset: false);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            Put(line, null, isReset: true);
        }

        line.Events.Writer.TryComplete();
    }

    private async Task GiveAsync(Line line, Line back)
    {
        await foreach (Event next in line.Events.Reader.ReadAllAsync())
        {
            TimeSpan wait = delay - time.GetElapsedTime(next.At);
            if (wait > TimeSpan.Zero) { await Task.Delay(wait, time, hurry).ContinueWith(static _ => { }, TaskScheduler.Default); }
            if (!await TryGiveAsync(line.To, next))
            {
                // Whoever we write to has reset the connection. If its own line is still open, its reader notices and says so there.
                Put(back, null, isReset: true);
                back.Events.Writer.TryComplete();
            }
        }
    }

    private static async Task<bool> TryGiveAsync(Socket to, Event next)
    {
        try
        {
            if (next.IsReset) { Reset(to); }
            else if (next.Bytes is null) { to.Shutdown(SocketShutdown.Send); }
            else { await SendAsync(to, next.Bytes); }
            return true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) { bytes = bytes[await to.SendAsync(bytes, SocketFlags.None)..]; }
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private void Put(Line line, byte[]? bytes, bool isReset) => line.Events.Writer.TryWrite(new Event(time.GetTimestamp(), bytes, isReset));
}
