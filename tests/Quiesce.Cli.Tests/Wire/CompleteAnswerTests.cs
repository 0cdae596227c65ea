using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Answers that are whole: the status decides.</summary>
public class CompleteAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 200)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nuntil the connection ends", 200)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nuntil the connection ends", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 999\r\n\r\nuntil the connection ends", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\nA ;name=value\r\n0123456789\r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nDigest: abc\r\nTiming: 1\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n" + Answers.EarlyHints + Answers.Ok, 200)]
    public async Task Exchange_WholeAnswerBelow500_IsOk(string answer, int status)
    {
        // Act
        WireResult result = await WireClient.SendOnceAsync(answer);

        // Assert
        Assert.Equal((OutcomeClass.Ok, status, null), (result.Outcome, result.Status, result.Detail));
    }

    [Fact]
    public async Task Exchange_HeadRequest_ExpectsNoBody()
    {
        // Arrange: the connection stays open, so a client that waited for the body would wait for ever.
        await using TestServer server = TestServer.Start(Answers.Always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));

        // Act
        WireResult result = await WireClient.SendOnceAsync(server, Templates.Head);

        // Assert
        Assert.Equal(OutcomeClass.Ok, result.Outcome);
    }

    [Fact]
    public async Task Exchange_AnswerInSingleBytes_IsOk()
    {
        // Arrange
        const string Answer = Answers.EarlyHints + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n";
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            foreach (char one in Answer) { await peer.SendAsync(one.ToString()); }
            await peer.WaitForCloseAsync();
        });

        // Act
        WireResult result = await WireClient.SendOnceAsync(server);

        // Assert
        Assert.Equal(OutcomeClass.Ok, result.Outcome);
    }

    [Fact]
    public async Task Exchange_BodyLargerThanTheBuffer_IsOk()
    {
        // Arrange
        string body = new('x', 1_000_000);

        // Act
        WireResult result = await WireClient.SendOnceAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        // Assert
        Assert.Equal(OutcomeClass.Ok, result.Outcome);
    }

    [Fact]
    public async Task Exchange_503WithRetryAfter_IsUnavailable()
    {
        // Act
        WireResult result = await WireClient.SendOnceAsync(Answers.Unavailable);

        // Assert
        Assert.Equal((OutcomeClass.Unavailable, 503), (result.Outcome, result.Status));
        Assert.Equal("status 503, Retry-After: 1", result.Detail);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy", "status 503, no Retry-After")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nRetry-After: \r\nContent-Length: 4\r\n\r\nbusy", "status 503, no Retry-After")]
    [InlineData("HTTP/1.1 103 Hints\r\nRetry-After: 1\r\n\r\nHTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "status 503, no Retry-After")]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops", "status 500")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", "status 502, Retry-After: 1")]
    public async Task Exchange_OtherWholeAnswerFrom500_IsServerError(string answer, string detail)
    {
        // Act
        WireResult result = await WireClient.SendOnceAsync(answer);

        // Assert
        Assert.Equal((OutcomeClass.ServerError, detail), (result.Outcome, result.Detail));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2", "it begins with 'SSH-2.0-OpenSSH_9.2'")]
    [InlineData("\0\u0001HTTP", "it begins with '..HTTP'")]
    [InlineData("HTTP/2 200\r\n\r\n", "it begins with 'HTTP/2 200..")]
    [InlineData("HTTP/1.1 abc\r\n\r\n", "'HTTP/1.1 abc' is no status line")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", "'HTTP/1.1 2000 OK' is no status line")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", "'HTTP/1.1 101 Switching Protocols' is no status line")]
    [InlineData("HTTP/1.1 200 OK\r\nno field\r\n\r\n", "'no field' is no header field")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "'-1' is no Content-Length")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "it has two lengths, 1 and 2")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "'xyz' is no size of a chunk")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", "a chunk is longer than its size says")]
    public async Task Exchange_AnswerThatIsNoHttp_IsServerError(string answer, string detail)
    {
        // Arrange: the connection stays open, so that nothing but the text can decide.
        await using TestServer server = TestServer.Start(Answers.Always(answer));

        // Act
        WireResult result = await WireClient.SendOnceAsync(server);

        // Assert
        Assert.Equal(OutcomeClass.ServerError, result.Outcome);
        Assert.StartsWith("the answer is no HTTP: " + detail, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_EndlessHead_IsServerError()
    {
        // Arrange
        string field = "A: " + new string('a', 5_000) + "\r\n";
        string head = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat(field, 20));

        // Act
        WireResult result = await WireClient.SendOnceAsync(head);

        // Assert
        const string Expected = "the answer is no HTTP: the head is longer than 65536 bytes";
        Assert.Equal((OutcomeClass.ServerError, Expected), (result.Outcome, result.Detail));
    }
}
