using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Compatibility.Tests.Hosts;

/// <summary>What is registered for other platforms, on this one: it must change nothing.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public Task WindowsService_OnAnotherSystem_ChangesNothing() =>
        AssertAnswersAcrossTheSignalAsync(static builder => builder.Services.AddWindowsService(static options => options.ServiceName = "shop"));

    [Fact]
    public Task Iis_OnAnotherSystem_ChangesNothing() => AssertAnswersAcrossTheSignalAsync(static builder => builder.WebHost.UseIISIntegration());

    [Fact]
    public Task KestrelUnderSystemd_WithoutItsSockets_ChangesNothing() =>
        AssertAnswersAcrossTheSignalAsync(static builder => builder.WebHost.ConfigureKestrel(static kestrel => kestrel.UseSystemd()));

    private static async Task AssertAnswersAcrossTheSignalAsync(Action<WebApplicationBuilder> configure)
    {
        // Arrange
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            configure, static app => app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()));

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }
}
