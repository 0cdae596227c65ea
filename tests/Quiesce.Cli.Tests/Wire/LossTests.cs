using System.Net;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Requests that never got a whole answer.</summary>
public class LossTests
{
    [Fact]
    public async Task Connect_ClosedPort_IsRefused()
    {
        // Arrange
        using ClosedPort port = new();

        // Act
        SocketException error = await Assert.ThrowsAsync<SocketException>(() => WireClient.ConnectAsync(port.Endpoint));

        // Assert
        Assert.Equal("connection refused", SocketErrorText.Of(error));
    }

    [Fact]
    public async Task Connect_SocketMeetsItself_IsNoticed()
    {
        // Arrange: what the kernel does by chance when nobody listens and it picks the server's port for the client.
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await socket.ConnectAsync(socket.LocalEndPoint!);

        // Act
        bool noticed = Loopback.IsConnectedToItself(socket);

        // Assert
        Assert.True(noticed);
    }

    [Fact]
    public async Task Exchange_ResetBeforeTheAnswer_IsReset()
    {
        // Arrange
        await using TestServer server = TestServer.StartOneRequest(peer =>
        {
            peer.Reset();
            return Task.CompletedTask;
        });

        // Act
        WireResult result = await WireClient.SendOnceAsync(server);

        // Assert
        Assert.Equal((OutcomeClass.Reset, null), (result.Outcome, result.Status));
        Assert.Matches(@"^connection reset by peer [\d.]+ ms after the request was sent$", result.Detail);
    }

    [Fact]
    public async Task Exchange_ClosedBeforeTheAnswer_IsReset()
    {
        // Arrange
        await using TestServer server = TestServer.StartOneRequest(_ => Task.CompletedTask);

        // Act
        WireResult result = await WireClient.SendOnceAsync(server);

        // Assert
        Assert.Equal(OutcomeClass.Reset, result.Outcome);
        Assert.Matches(@"^connection closed by peer [\d.]+ ms after the request was sent$", result.Detail);
    }

    [Fact]
    public async Task Exchange_ResetBeforeAnythingWasSent_IsReset()
    {
        // Arrange: the connection exists and is reset before the request; a client that has it cannot know what came first.
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.Start(async peer =>
        {
            await connected.Task;
            peer.Reset();
        });
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);
        connection.BecomeIdle();
        connected.SetResult();
        await connection.Spoke!.WaitAsync(TestTimeouts.Hang);

        // Act
        WireResult result = await WireClient.SendAsync(connection);

        // Assert
        Assert.Equal(OutcomeClass.Reset, result.Outcome);
    }

    [Theory]
    [InlineData("H", "inside the head")]
    [InlineData("HTTP/1.1 200 OK\r\n", "inside the head")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "inside the head")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "after 3 of 5 bytes of the body")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "after 0 of 5 bytes of the body")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbu", "after 2 of 4 bytes of the body")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nbu", "after 2 of 4 bytes of the body")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "inside the body, after 3 bytes of it")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "inside the body, after 5 bytes of it")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", "inside the body, after 5 bytes of it")]
    [InlineData(Answers.EarlyHints, "between an interim answer and the final one")]
    public async Task Exchange_AnswerCut_IsTruncated(string answer, string where)
    {
        // Act
        WireResult result = await WireClient.SendOnceAsync(answer);

        // Assert
        Assert.Equal(OutcomeClass.Truncated, result.Outcome);
        Assert.StartsWith($"connection closed by peer {where}, ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_ResetInsideABodyThatLastsUntilClose_IsTruncated()
    {
        // Arrange: a FIN would have ended this body properly.
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\n\r\nbeginning");
            peer.Reset();
        });

        // Act
        WireResult result = await WireClient.SendOnceAsync(server);

        // Assert
        Assert.Equal(OutcomeClass.Truncated, result.Outcome);
    }

    [Fact]
    public async Task Exchange_SilentServer_IsTimeout()
    {
        // Arrange
        using CancellationTokenSource limit = new();
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await limit.CancelAsync();
            await peer.WaitForCloseAsync();
        });

        // Act
        WireResult result = await WireClient.SendOnceAsync(server, limit: limit.Token);

        // Assert
        Assert.Equal(OutcomeClass.Timeout, result.Outcome);
        Assert.StartsWith("no answer within the limit, ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_LimitPassesInsideTheAnswer_IsTimeout()
    {
        // Arrange
        using CancellationTokenSource limit = new();
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
            await limit.CancelAsync();
            await peer.WaitForCloseAsync();
        });

        // Act
        WireResult result = await WireClient.SendOnceAsync(server, limit: limit.Token);

        // Assert
        Assert.Equal(OutcomeClass.Timeout, result.Outcome);
    }

    [Fact]
    public async Task Exchange_AnswerBeforeTheWholeRequestAndThenReset_CountsByTheAnswer()
    {
        // Arrange: a server that refuses early and closes with the body unread; the kernel turns that close into a reset.
        await using TestServer server = TestServer.Start(async peer =>
        {
            await peer.ReadSomeAsync();
            await peer.SendAsync(Answers.Unavailable);
        });
        RequestTemplate large = Templates.Of("POST", "/upload", new string('x', 32 * 1024 * 1024));

        // Act
        WireResult result = await WireClient.SendOnceAsync(server, large);

        // Assert
        Assert.Equal(OutcomeClass.Unavailable, result.Outcome);
    }
}
