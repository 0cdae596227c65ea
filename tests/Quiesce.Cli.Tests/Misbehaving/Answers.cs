namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>Answers, whole and broken, as they go over the wire.</summary>
internal static class Answers
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    public const string OkAndClose = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
    public const string OkChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    public const string EarlyHints = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
    public const string Unavailable = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 4\r\n\r\nbusy";

    /// <summary>Answers every request with the same text.</summary>
    public static Func<TestPeer, Task> Always(string answer) => async peer =>
    {
        while (await peer.ReadRequestAsync() is not null) { await peer.SendAsync(answer); }
    };

    /// <summary>Answers every request properly, keeps every connection.</summary>
    public static Func<TestPeer, Task> Perfect => Always(Ok);
}
