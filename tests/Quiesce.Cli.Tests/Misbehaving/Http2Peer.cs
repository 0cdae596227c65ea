using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Rehearse.Wire.Http2.Headers;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>The server's end of one connection of HTTP/2, which says frame by frame what its script says.</summary>
internal sealed class Http2Peer
{
    private readonly TestPeer _peer;
    private readonly FrameReader _reader;

    private Http2Peer(TestPeer peer)
    {
        _peer = peer;
        _reader = new FrameReader(peer.Socket);
    }

    /// <summary>Reads what each client says first, and answers with settings.</summary>
    /// <param name="peer">The connection.</param>
    /// <param name="settings">Names and values.</param>
    public static async Task<Http2Peer> GreetAsync(TestPeer peer, params (byte Name, int Value)[] settings)
    {
        byte[] preface = new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length];
        for (int read = 0; read < preface.Length;)
        {
            int received = await peer.Socket.ReceiveAsync(preface.AsMemory(read));
            ObjectDisposedException.ThrowIf(received == 0, peer); // As a script ends whose client has gone.
            read += received;
        }

        Assert.StartsWith("PRI * HTTP/2.0", System.Text.Encoding.ASCII.GetString(preface));
        var http2 = new Http2Peer(peer);
        byte[] payload = [.. settings.SelectMany(static setting => (byte[])[0, setting.Name, .. Frame.Of(FrameType.ResetStream, 0, setting.Value)[Frame.HeadBytes..]])];
        await http2.SendAsync(FrameType.Settings, FrameFlags.None, 0, payload);
        return http2;
    }

    /// <summary>The next frame of this kind; the others are skipped, and a question for a sign of life is answered.</summary>
    public async Task<(int Stream, FrameFlags Flags, byte[] Payload)> ReadAsync(FrameType type)
    {
        while (true)
        {
            Frame frame = await NextAsync();
            if (frame.Type == FrameType.Ping && !frame.Has(Frame.Ack)) { await SendAsync(FrameType.Ping, Frame.Ack, 0, frame.Payload.ToArray()); }
            else if (frame.Type == type) { return (frame.Stream, frame.Flags, frame.Payload.ToArray()); }
        }
    }

    /// <summary>The number of the next stream that begins.</summary>
    public async Task<int> ReadRequestAsync() => (await ReadAsync(FrameType.Headers)).Stream;

    // To a script the end of the client is what it is to those of HTTP/1.1.
    private async Task<Frame> NextAsync()
    {
        try
        {
            return await _reader.ReadAsync();
        }
        catch (EndOfStreamException)
        {
            throw new ObjectDisposedException("The client has closed its end.");
        }
    }

    public Task SendAsync(FrameType type, FrameFlags flags, int stream, params byte[] payload) =>
        _peer.Socket.SendAsync(Frame.Of(type, flags, stream, payload));

    public Task SendHeadAsync(int stream, int status, FrameFlags flags = FrameFlags.None, params (string Name, string Value)[] fields)
    {
        var block = new HeaderBlockWriter();
        block.Write(":status", $"{status}");
        foreach ((string name, string value) in fields) { block.Write(name, value); }
        return SendAsync(FrameType.Headers, FrameFlags.EndHeaders | flags, stream, block.ToArray());
    }

    public Task AnswerAsync(int stream) => SendHeadAsync(stream, 200, FrameFlags.EndStream);

    public Task ResetAsync(int stream, int code) => _peer.Socket.SendAsync(Frame.Of(FrameType.ResetStream, stream, code));

    public Task AllowAsync(int stream, int bytes) => _peer.Socket.SendAsync(Frame.Of(FrameType.WindowUpdate, stream, bytes));

    public Task GoAwayAsync(int lastStream, int code = ErrorCode.NoError) => SendAsync(
        FrameType.GoAway, FrameFlags.None, 0,
        [.. Frame.Of(FrameType.ResetStream, 0, lastStream)[Frame.HeadBytes..], .. Frame.Of(FrameType.ResetStream, 0, code)[Frame.HeadBytes..]]);

    /// <summary>Completes when the client has closed its end.</summary>
    public async Task WaitForCloseAsync()
    {
        try
        {
            while (true) { await _reader.ReadAsync(); }
        }
        catch (EndOfStreamException)
        {
            // It has.
        }
    }
}
