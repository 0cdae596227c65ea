using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Quiesce.AspNetCore.Requests;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

/// <summary>Requests that come so late that one of the usual length would be cut.</summary>
public sealed class UsualLengthTests
{
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(5);
    private readonly Lines _seen = new();
    private int _begun;

    [Theory]
    [InlineData(false, "HTTP/1.1 503")]
    [InlineData(true, "HTTP/1.1 200")] // a hub's polls are no measure
    public async Task Request_UsualLengthNoLongerFits_IsRefusedAsRetryable(bool areHubPolls, string expected)
    {
        var held = Completion.New();
        WebUnderTest? web = null;
        web = await WebUnderTest.StartAsync(app =>
        {
            IEndpointConventionBuilder slow = app.MapGet("/slow", async () =>
            {
                Task work = Task.Delay(_usual, web!.Time); // its timer first: the clock moves as soon as the last one has begun
                _seen.Add($"request {Interlocked.Increment(ref _begun)} began");
                await work;
            });
            if (areHubPolls) { slow.WithMetadata(new HubMetadata(typeof(Hub))); }

            app.MapGet("/", static () => "hello");
            app.MapGet("/held", () => held.Task);
        });
        await using WebUnderTest disposed = web;
        RawClient[] clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => web.ConnectAsync()));
        using RawClient holder = await web.ConnectAsync();
        using RawClient early = await web.ConnectAsync();
        using RawClient late = await web.ConnectAsync();
        await holder.SendAsync("/held");

        await web.AnnounceAsync();
        foreach (RawClient client in clients) { await client.SendAsync("/slow"); }

        await _seen.ContainingAsync("request 8 began");
        web.Time.Advance(_usual);
        foreach (RawClient client in clients) { Assert.StartsWith("HTTP/1.1 200", await client.ReadAsync(), StringComparison.Ordinal); }

        await web.CloseAsync(); // work is cut in 5 s
        Assert.StartsWith("HTTP/1.1 200", await early.GetAsync("/"), StringComparison.Ordinal);
        web.Time.Advance(TimeSpan.FromSeconds(1));
        string answer = await late.GetAsync("/");

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
        Assert.Equal(!areHubPolls, answer.Contains("Retry-After: 1", StringComparison.Ordinal));
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        held.SetResult();
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);
        Array.ForEach(clients, static client => client.Dispose());
    }

    [Fact]
    public void Median_OneIsMuchLonger_IsThatOfTheOthers()
    {
        var length = new UsualLength();

        for (int i = 0; i < 7; i++) { length.Add(TimeSpan.FromMilliseconds(5)); }

        Assert.Null(length.Median); // too little is known

        length.Add(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromMilliseconds(5), length.Median);
    }

    [Fact]
    public void Median_RequestsBecomeLonger_FollowsTheLatest()
    {
        var length = new UsualLength();

        for (int i = 0; i < 64; i++) { length.Add(TimeSpan.FromMilliseconds(5)); }

        for (int i = 0; i < 40; i++) { length.Add(TimeSpan.FromSeconds(1)); }

        Assert.Equal(TimeSpan.FromSeconds(1), length.Median);
    }
}
