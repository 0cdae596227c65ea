using System.Text;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Faults.Clients;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Faults;

public sealed class FaultClientTests
{
    private static readonly RequestTemplate[] _mix = [Templates.Get, Templates.Of("POST", "/orders/{id}", "0123456789")];

    [Fact]
    public async Task HalfSent_ServerCloses_IsClosedAndNeverFinishedItsRequest()
    {
        string[] received = new string[2];
        await using TestServer server = TestServer.Start(async peer => received[await peer.ReadPartAsync() is { } part && part.StartsWith("GET", StringComparison.Ordinal) ? 0 : 1] = peer.Unread);
        FaultClient[] clients = [.. Enumerable.Range(0, 2).Select(number => HalfSent(server, number))];

        await Task.WhenAll(clients.Select(static client => client.StartAsync())).WaitAsync(TestTimeouts.Hang);
        FaultEnd[] ends = await Task.WhenAll(clients.Select(static client => client.Ended)).WaitAsync(TestTimeouts.Hang);

        Assert.Equal([FaultEnd.Closed, FaultEnd.Closed], ends);
        Assert.DoesNotContain("\r\n\r\n", received[0]);
        Assert.StartsWith("POST /orders/fault-1 HTTP/1.1\r\n", received[1], StringComparison.Ordinal);
        Assert.EndsWith("Content-Length: 10\r\n\r\n01234", received[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfSent_ServerAnswers_IsAnswered()
    {
        await using TestServer server = TestServer.Start(async peer =>
        {
            await peer.ReadPartAsync();
            await peer.SendAsync("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        });
        await using FaultClient client = HalfSent(server, 0);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Answered, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task HalfSent_NobodyListens_IsRefused()
    {
        using var port = new ClosedPort();
        await using var client = new HalfSentClient("GET"u8.ToArray(), port.Endpoint.Address, TimeProvider.System);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Refused, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task Endless_Body_GoesOnUntilTheServerEndsIt()
    {
        var text = new StringBuilder();
        await using TestServer server = TestServer.Start(async peer =>
        {
            while (!text.ToString().EndsWith("1\r\n0\r\n1\r\n0\r\n", StringComparison.Ordinal)) { text.Append(await peer.ReadPartAsync()); }
        });
        byte[] head = FaultRequests.WithoutEnd(_mix, server.Endpoint.Address, "fault-1");
        await using var client = new EndlessClient(head, sendsForEver: true, server.Endpoint.Address, TimeProvider.System);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Closed, await client.Ended.WaitAsync(TestTimeouts.Hang));
        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n0\r\n", text.ToString());
        Assert.DoesNotContain("Content-Length", text.ToString());
    }

    [Fact]
    public async Task HalfSent_ServerResets_IsReset()
    {
        await using TestServer server = TestServer.Start(static async peer =>
        {
            await peer.ReadPartAsync();
            peer.Reset();
        });
        await using FaultClient client = HalfSent(server, 1);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.Reset, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task Endless_ServerResetsInTheMiddleOfItsAnswer_IsCutOff()
    {
        await using TestServer server = TestServer.Start(static async peer =>
        {
            await peer.ReadPartAsync();
            await peer.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n0\r\n");
            await peer.ReadPartAsync(); // The client goes on sending although it is being answered.
            peer.Reset();
        });
        byte[] head = FaultRequests.WithoutEnd(_mix, server.Endpoint.Address, "fault-1");
        await using var client = new EndlessClient(head, sendsForEver: true, server.Endpoint.Address, TimeProvider.System);

        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Assert.Equal(FaultEnd.CutOff, await client.Ended.WaitAsync(TestTimeouts.Hang));
    }

    [Fact]
    public async Task End_ServerNeverSaysAnything_GivesUp()
    {
        ManualTimeProvider time = new();
        await using TestServer server = TestServer.Start(static async peer =>
        {
            await peer.ReadPartAsync();
            await peer.WaitForCloseAsync();
        });
        await using var client = new HalfSentClient("GET"u8.ToArray(), server.Endpoint.Address, time);
        await client.StartAsync().WaitAsync(TestTimeouts.Hang);

        Task<FaultEnd> ending = client.EndAsync();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(FaultEnd.GaveUp, await ending.WaitAsync(TestTimeouts.Hang));
    }

    private static HalfSentClient HalfSent(TestServer server, int number) =>
        new(FaultRequests.Half(_mix, server.Endpoint.Address, number, $"fault-{number}"), server.Endpoint.Address, TimeProvider.System);
}
