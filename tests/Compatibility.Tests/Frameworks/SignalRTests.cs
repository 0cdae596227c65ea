using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Compatibility.Tests.Frameworks;

public sealed class SignalRTests
{
    [Fact]
    public async Task SignalR_ConnectionIsOpen_ClientIsToldAndNothingIsHeldUp()
    {
        // Arrange
        await using ServiceUnderTest service = await ServiceUnderTest.StartAsync(
            static builder => builder.Services.AddSignalR(), static app => app.MapHub<OrderHub>("/hub"));
        await using HubConnection connection = new HubConnectionBuilder().WithUrl(new Uri(service.Client.BaseAddress!, "/hub")).Build();
        var closed = Completion.New();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(TestContext.Current.CancellationToken).OrHang();
        Assert.Equal("ordered tea", await connection.InvokeAsync<string>("Order", "tea", TestContext.Current.CancellationToken).OrHang());

        // Act
        await service.TerminateAsync();

        // Assert
        await closed.Task.OrHang();
        await service.AssertLeftAsync(inFlightAtSignal: 1);
    }

    private sealed class OrderHub(SlowRequest slow) : Hub
    {
        public async Task<string> Order(string item)
        {
            slow.Finish();
            await slow.WorkAsync();
            return $"ordered {item}";
        }
    }
}
