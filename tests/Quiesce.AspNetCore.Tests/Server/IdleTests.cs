using Microsoft.AspNetCore.Builder;
using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>While nobody stops the service, nothing of ours ticks: a sleeping service stays asleep.</summary>
public sealed class IdleTests
{
    [Fact]
    public async Task Service_NobodyStopsIt_HasNoTimerOfOurs()
    {
        // Arrange
        await using WebUnderTest web = await WebUnderTest.StartAsync(static app => app.MapGet("/", static () => "hello"));
        using RawClient client = await web.ConnectAsync();

        // Act
        Assert.Contains("hello", await client.GetAsync("/"), StringComparison.Ordinal);

        // Assert
        Assert.False(web.Time.AdvanceToNextTimer());
        await web.AnnounceAsync(); // the clock that it was asked about is the one that the service uses
    }
}
