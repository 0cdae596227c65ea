using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Which connections may carry another request.</summary>
public class KeepAliveTests
{
    [Theory]
    [InlineData(Answers.Ok, true)]
    [InlineData(Answers.OkChunked, true)]
    [InlineData(Answers.Unavailable, true)]
    [InlineData(Answers.OkAndClose, false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nconnection: Foo, Close\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", true)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n" + Answers.Ok, true)]
    [InlineData(Answers.Ok + "and bytes of nobody's", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", false)]
    public async Task Exchange_Ended_TellsWhetherTheConnectionCanBeReused(string answer, bool expected)
    {
        // Arrange
        await using TestServer server = TestServer.Start(Answers.Always(answer));
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);

        // Act
        await WireClient.SendAsync(connection);

        // Assert
        Assert.Equal(expected, connection.CanBeReused);
    }

    [Fact]
    public async Task Exchange_RequestAskedToClose_ForbidsReuse()
    {
        // Arrange
        await using TestServer server = TestServer.Start(Answers.Perfect);
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);
        RequestTemplate template = Templates.Get with { Headers = [new("connection", "Close")] };

        // Act
        await WireClient.SendAsync(connection, template);

        // Assert
        Assert.False(connection.CanBeReused);
    }

    [Fact]
    public async Task Exchange_AnswerSaysClose_IsReported()
    {
        // Act
        WireResult result = await WireClient.SendOnceAsync(Answers.OkAndClose);

        // Assert
        Assert.True(result.CloseSeen);
    }

    [Fact]
    public async Task Exchange_ManyOnOneConnection_EachGetsItsAnswer()
    {
        // Arrange
        await using TestServer server = TestServer.Start(Answers.Perfect);
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);

        // Act
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(OutcomeClass.Ok, (await WireClient.SendAsync(connection)).Outcome);
            connection.BecomeIdle();
        }

        // Assert
        Assert.Equal((20, 1), (connection.Uses, server.Connections));
    }

    [Theory]
    [InlineData("FIN")]
    [InlineData("RST")]
    [InlineData("408")]
    public async Task HasSpoken_ServerEndsTheIdleConnection_BecomesTrue(string how)
    {
        // Arrange
        TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync(Answers.Ok);
            await idle.Task;
            if (how == "408") { await peer.SendAsync("HTTP/1.1 408 Request Timeout\r\n\r\n"); }
            if (how == "RST") { peer.Reset(); }
        });
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);
        await WireClient.SendAsync(connection);
        connection.BecomeIdle();
        bool before = connection.HasSpoken;

        // Act
        idle.SetResult();
        await connection.Spoke!.WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((false, true), (before, connection.HasSpoken));
    }

    [Fact]
    public async Task HasSpoken_WatchHasNotNoticedYet_LooksForItself()
    {
        // Arrange: the kernel has the FIN, and nothing in this process has been told.
        await using TestServer server = TestServer.Start(static _ => Task.CompletedTask);
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using WireConnection connection = new(socket, server.Endpoint, TimeProvider.System);
        await socket.ConnectAsync(server.Endpoint.Address);
        Assert.True(socket.Poll(TestTimeouts.Hang, SelectMode.SelectRead));

        // Act
        bool spoken = connection.HasSpoken;

        // Assert
        Assert.Equal((true, null), (spoken, connection.Spoke));
    }

    [Fact]
    public async Task Exchange_ClosedAsTheSecondRequestArrives_IsResetWithOneEarlierUse()
    {
        // Arrange
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync(Answers.Ok);
            await peer.ReadRequestAsync();
        });
        using WireConnection connection = await WireClient.ConnectAsync(server.Endpoint);
        await WireClient.SendAsync(connection);
        connection.BecomeIdle();
        Assert.False(connection.HasSpoken);

        // Act
        WireResult result = await WireClient.SendAsync(connection);

        // Assert
        Assert.Equal((OutcomeClass.Reset, 1), (result.Outcome, connection.Uses));
    }
}
