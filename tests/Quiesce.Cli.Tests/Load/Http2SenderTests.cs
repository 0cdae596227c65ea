using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

/// <summary>Which connection carries a request of HTTP/2, and what is sent again: only what the server says it did nothing with.</summary>
public sealed class Http2SenderTests : IDisposable
{
    private readonly SenderRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Send_StreamIsRefused_IsSentAgainAndSaysSo()
    {
        // Arrange
        int streams = 0;
        await using TestServer server = Start(async (peer, stream) =>
        {
            if (streams++ < 2) { await peer.ResetAsync(stream, ErrorCode.RefusedStream); }
            else { await peer.AnswerAsync(stream); }
        });

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Ok, 200, 2), (record.Outcome, record.Status, record.SentAgain));
    }

    [Fact]
    public async Task Send_StreamIsAlwaysRefused_IsUnavailableAfterThreeMore()
    {
        // Arrange
        int streams = 0;
        await using TestServer server = Start((peer, stream) =>
        {
            streams++;
            return peer.ResetAsync(stream, ErrorCode.RefusedStream);
        });

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Unavailable, 3, 4), (record.Outcome, record.SentAgain, streams));
        Assert.Contains("REFUSED_STREAM", record.Detail);
    }

    [Fact]
    public async Task Send_GoAwayLeavesItOut_IsSentAgainOnAnotherConnectionToWhoeverIsThere()
    {
        // Arrange
        await using TestServer successor = TestServer.Start(
            static async peer => await EachAsync(peer, static (http2, stream) => http2.AnswerAsync(stream)), instance: 2);
        await using TestServer leaving = Start(async (peer, _) =>
        {
            await _rig.Balancer.AddAsync(successor.Endpoint, CancellationToken.None);
            await peer.GoAwayAsync(lastStream: 0);
        });

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Ok, 1, 2), (record.Outcome, record.SentAgain, record.Endpoint!.Instance));
    }

    [Theory]
    [InlineData(2)] // INTERNAL_ERROR
    [InlineData(null)] // The connection is closed.
    public async Task Send_NobodyKnowsWhatTheServerDid_IsResetAndNeverSentAgain(int? code)
    {
        // Arrange
        int streams = 0;
        await using TestServer server = TestServer.Start(async peer =>
        {
            Http2Peer http2 = await Http2Peer.GreetAsync(peer);
            int stream = await http2.ReadRequestAsync();
            streams++;
            if (code is null) { return; }
            await http2.ResetAsync(stream, code.Value);
            await http2.WaitForCloseAsync();
        });
        await _rig.Balancer.AddAsync(server.Endpoint, CancellationToken.None);

        // Act
        RequestRecord record = await SendAsync();

        // Assert
        Assert.Equal((OutcomeClass.Reset, 0, 1), (record.Outcome, record.SentAgain, streams));
    }

    [Fact]
    public async Task Send_Many_ShareAFewConnections()
    {
        // Arrange
        await using TestServer server = Start(static (peer, stream) => peer.AnswerAsync(stream));

        // Act
        for (int i = 0; i < 50; i++) { await SendAsync(); }

        // Assert
        Assert.Equal(LoadDefaults.Http2Connections, server.Connections);
    }

    [Fact]
    public async Task Send_FreshRequest_HasAConnectionOfItsOwn()
    {
        // Arrange
        await using TestServer server = Start(static (peer, stream) => peer.AnswerAsync(stream));

        // Act
        RequestRecord[] records = [await SendAsync(fresh: true), await SendAsync(fresh: true)];

        // Assert
        Assert.All(records, static record => Assert.Equal((OutcomeClass.Ok, 0), (record.Outcome, record.ConnectionUses)));
        Assert.Equal(2, server.Connections);
        await server.WaitForScriptsAsync(); // Both were closed.
    }

    [Fact]
    public async Task Send_NobodyListens_IsRefused()
    {
        using var closed = new ClosedPort();
        await _rig.Balancer.AddAsync(closed.Endpoint, CancellationToken.None);

        Assert.Equal(OutcomeClass.Refused, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task Send_NoInstance_IsRefused() => Assert.Equal(OutcomeClass.Refused, (await SendAsync()).Outcome);

    [Fact]
    public async Task Send_ServerSpeaksOnlyHttp11_IsNoHttp()
    {
        await using TestServer server = _rig.StartServer(Answers.Perfect);

        RequestRecord record = await SendAsync();

        Assert.Equal(OutcomeClass.ServerError, record.Outcome);
        Assert.Contains("is no frame of HTTP/2 to expect", record.Detail);
    }

    private Task<RequestRecord> SendAsync(bool fresh = false) => _rig.SendAsync(fresh, template: Templates.Http2Get);

    /// <summary>Starts the one instance there is. It does the same with each stream.</summary>
    private TestServer Start(Func<Http2Peer, int, Task> answer) => _rig.StartServer(peer => EachAsync(peer, answer));

    private static async Task EachAsync(TestPeer peer, Func<Http2Peer, int, Task> answer)
    {
        Http2Peer http2 = await Http2Peer.GreetAsync(peer);
        while (true) { await answer(http2, await http2.ReadRequestAsync()); }
    }
}
