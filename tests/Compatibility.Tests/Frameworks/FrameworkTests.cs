using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Compatibility.Tests.Frameworks;

/// <summary>What lies between the server and the handler: requests are counted once, answers arrive whole.</summary>
public sealed class FrameworkTests
{
    [Fact]
    public async Task MinimalApi_RequestIsInFlight_IsCountedOnceAndAnsweredWhole()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static _ => { }, static app => app.MapGroup("/shop").MapGet("/orders/{id}", static (int id, SlowRequest slow) => slow.WorkAsync()));

        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/shop/orders/1");

        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task Mvc_RequestIsInFlight_IsCountedOnceAndAnsweredWhole()
    {
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static builder => builder.Services.AddControllers().AddApplicationPart(typeof(OrdersController).Assembly),
            static app => app.MapControllers());

        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/orders");

        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task OutputCache_AnswersFromTheCache_AreWholeAndLeaveNothingCounted()
    {
        // Arrange
        int made = 0;
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static builder => builder.Services.AddOutputCache(),
            app =>
            {
                app.UseOutputCache();
                app.MapGet("/cached", () => $"made {++made} times").CacheOutput();
                app.MapGet("/", static (SlowRequest slow) => slow.WorkAsync()).CacheOutput();
            });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("made 1 times", await service.Client.GetStringAsync(new Uri("/cached", UriKind.Relative), TestContext.Current.CancellationToken));
        }

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task ResponseCompression_RequestIsInFlight_IsCountedOnceAndUnpacksWhole()
    {
        // Arrange
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static builder => builder.Services.AddResponseCompression(),
            static app =>
            {
                app.UseResponseCompression();
                app.MapGet("/", static async (HttpContext context, SlowRequest slow) => Results.Text(await slow.WorkAsync()));
            });
        service.Client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/");

        // Assert
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        await using Stream packed = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var unpacked = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        Assert.Equal(SlowRequest.Answer, await unpacked.ReadToEndAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    [Fact]
    public async Task ReExecution_OfAnErrorsPage_IsTheSameRequest()
    {
        // Arrange: the pipeline runs twice for one request
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static _ => { },
            static app =>
            {
                app.UseStatusCodePagesWithReExecute("/error");
                app.UseRouting();
                app.MapGet("/error", static (SlowRequest slow) => slow.WorkAsync());
            });

        // Act
        using HttpResponseMessage answer = await service.GetAcrossTheSignalAsync("/unknown");

        // Assert
        Assert.Equal(SlowRequest.Answer, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }
}
