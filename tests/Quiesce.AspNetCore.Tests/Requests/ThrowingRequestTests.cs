using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Requests;

public sealed class ThrowingRequestTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("developer page")]
    [InlineData("handler")] // runs the pipeline behind it a second time, with another path
    public async Task Throws_BehindAnExceptionHandler_IsCountedOnceAndReleased(string handler)
    {
        WebUnderTest? web = null;
        List<int> counts = [];
        web = await WebUnderTest.StartAsync(app =>
        {
            if (handler == "developer page") { app.UseDeveloperExceptionPage(); }

            if (handler == "handler") { app.UseExceptionHandler("/error"); }

            app.MapGet("/error", () => Count("sorry"));
            app.MapGet("/throws", string () => throw new InvalidOperationException(Count("on purpose")));
        });
        await using WebUnderTest ended = web;
        using RawClient client = await web.ConnectAsync();
        await web.AnnounceAsync(); // from now on each answer ends its connection

        await client.SendAsync("/throws");
        await client.ReadToEndAsync();

        Assert.Equal(handler == "handler" ? 2 : 1, counts.Count);
        Assert.All(counts, static count => Assert.Equal(1, count));
        Assert.Equal(0, web.RequestsInFlight);
        web.Time.Advance(TimeSpan.FromSeconds(10));
        await web.AssertExitCodeAsync(ShutdownExitCode.Clean);

        string Count(string text)
        {
            counts.Add(web!.RequestsInFlight);
            return text;
        }
    }
}
