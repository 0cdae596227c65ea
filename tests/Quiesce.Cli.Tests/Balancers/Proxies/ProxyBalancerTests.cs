using System.Globalization;
using Microsoft.AspNetCore.Http;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Readiness;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Rehearse.Wire.Networks;
using Quiesce.Cli.Tests.Misbehaving;
using Endpoint = Quiesce.Cli.Rehearse.Balancers.Endpoint;

namespace Quiesce.Cli.Tests.Balancers.Proxies;

/// <summary>The real HAProxy and the real nginx, in front of servers that do as they are told.</summary>
[Trait("Size", "Full")]
public sealed class ProxyBalancerTests : IAsyncLifetime
{
    private readonly TimeProvider _time = TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.RequireAsync("haproxy", "haproxy");
        await DebianPackages.RequireAsync("nginx", "nginx-light");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task Proxy_TwoInstances_NamesWhoAnsweredAndForgetsWhoLeaves(string name)
    {
        // Arrange
        var leaves = new TaskCompletionSource();
        await using TestServer first = TestServer.Start(ReadyUntil(leaves.Task), instance: 1);
        await using TestServer second = TestServer.Start(Answers.Perfect, instance: 2);
        await using IBalancer balancer = Create(name);
        await balancer.AddAsync(first.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        await balancer.AddAsync(second.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        int[] before = await AnsweringInstancesAsync(balancer, requests: 40);

        // Act
        leaves.SetResult();
        long told = _time.GetTimestamp();
        long? detected = await balancer.RemoveAsync(first.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        int[] after = await AnsweringInstancesAsync(balancer, requests: 40);

        // Assert
        Assert.Equal([1, 2], before);
        Assert.Equal([2], after);
        Assert.True(detected > told);
    }

    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task Proxy_InstanceResetsAConnection_HidesNothingAndNamesIt(string name)
    {
        // Arrange: it answers health checks and nothing else.
        await using TestServer server = TestServer.Start(static async peer =>
        {
            if (await peer.ReadRequestAsync() is { } request && request.Contains("GET /ready ", StringComparison.Ordinal)) { await peer.SendAsync(Answers.Ok); }
            else { peer.Reset(); }
        });
        await using IBalancer balancer = Create(name);
        await balancer.AddAsync(server.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        // Act
        WireResult result = await ExchangeAsync(balancer);

        // Assert
        Assert.Equal((OutcomeClass.ServerError, 502), (result.Outcome, result.Status));
        Assert.Equal(server.Endpoint, balancer.Find(result.ServedBy!));
    }

    [Fact]
    public async Task Haproxy_FirstCheckOfAnInstanceFails_ItIsNotTakenOut()
    {
        // Arrange
        var (checks, third) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var over = new CancellationTokenSource();
        await using TestServer server = TestServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
                int check = Interlocked.Increment(ref checks);
                if (check == 3) { third.SetResult(); }

                await peer.SendAsync(check == 1 ? Answers.Unavailable : Answers.Ok);
            }
        });
        await using IBalancer balancer = Create(HaproxyBalancer.BalancerName);

        // Act
        await balancer.AddAsync(server.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        Task<long?> takenOut = balancer.RemoveAsync(server.Endpoint, over.Token);
        await third.Task.WaitAsync(TestTimeouts.Hang);
        await over.CancelAsync();

        // Assert: two in a row would have done it.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => takenOut);
    }

    [Theory]
    [InlineData("haproxy", "HTTP/2")]
    [InlineData("nginx", "HTTP/1.1")]
    public async Task Proxy_RequestOfHttp2_IsAnsweredByTheInstanceThatItNames(string name, string toProgram)
    {
        // Arrange
        await using KestrelServer server = await KestrelServer.StartAsync(static context => context.Response.WriteAsync(context.Request.Protocol), instance: 3);
        await using IBalancer balancer = Create(name, http2: true);
        await balancer.AddAsync(server.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang);
        using Http2Connection client = (await Http2Connection.ConnectAsync(balancer.Choose()!, Loopback.Instance, _time, CancellationToken.None).WaitAsync(TestTimeouts.Hang)).Value!;
        Http2Request request = Http2Request.Render(Templates.Http2Get, balancer.Choose()!.Http2Address, static text => text);

        // Act
        Http2Exchange? exchange = await client.TryExchangeAsync(request, CancellationToken.None).WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Equal((OutcomeClass.Ok, 200), (exchange!.Result.Outcome, exchange.Result.Status));
        Assert.Equal(server.Endpoint, balancer.Find(exchange.Result.ServedBy!));
        Assert.Contains(toProgram, server.Protocols);
    }

    [Fact]
    public async Task Proxy_ConfigurationIsRefused_SaysWhatItWrote()
    {
        await using var balancer = new HaproxyBalancer(new ReadinessRule(ReadinessKind.Http, "/ready\n  nonsense here"), http2: false, logPath: null, _time);
        await using TestServer server = TestServer.Start(Answers.Perfect);

        QuiesceException failure = await Assert.ThrowsAsync<QuiesceException>(
            () => balancer.AddAsync(server.Endpoint, CancellationToken.None).WaitAsync(TestTimeouts.Hang));

        Assert.Contains("The balancer haproxy ended by itself (exit code 1)", failure.Message);
        Assert.Contains("nonsense", failure.Message);
    }

    [Fact]
    public void Require_ProgramThatIsNotInstalled_SaysHowToGetIt()
    {
        QuiesceException failure = Assert.Throws<QuiesceException>(() => InstalledProgram.Require("no-such-proxy", "no-such-package"));

        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.Contains("apt-get install no-such-package", failure.Message);
    }

    private IBalancer Create(string name, bool http2 = false) => name == HaproxyBalancer.BalancerName
        ? new HaproxyBalancer(new ReadinessRule(ReadinessKind.Http, "/ready"), http2, logPath: null, _time)
        : new NginxBalancer(new EndpointLag(TimeSpan.Zero, TimeSpan.Zero, 1), http2, logPath: null, _time);

    private static Func<TestPeer, Task> ReadyUntil(Task leaves) => async peer =>
    {
        while (await peer.ReadRequestAsync() is { } request)
        {
            bool no = leaves.IsCompleted && request.Contains("GET /ready ", StringComparison.Ordinal);
            await peer.SendAsync(no ? Answers.Unavailable : Answers.Ok);
        }
    };

    private async Task<int[]> AnsweringInstancesAsync(IBalancer balancer, int requests)
    {
        var instances = new HashSet<int>();
        for (int sent = 0; sent < requests; sent++)
        {
            WireResult result = await ExchangeAsync(balancer);
            Assert.True(result.Outcome == OutcomeClass.Ok, result.Detail);
            instances.Add(balancer.Find(result.ServedBy!)!.Instance);
        }

        return [.. instances.Order()];
    }

    private async Task<WireResult> ExchangeAsync(IBalancer balancer)
    {
        Endpoint front = balancer.Choose()!;
        using var limit = new CancellationTokenSource(TestTimeouts.Hang, _time);
        using WireConnection connection = (await WireConnection.ConnectAsync(front, Loopback.Instance, _time, limit.Token)).Value!;
        string Fill(string text) => text.Replace("{id}", front.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return await connection.ExchangeAsync(WireRequest.Render(Templates.Get, front.Address, Fill), limit.Token);
    }
}
