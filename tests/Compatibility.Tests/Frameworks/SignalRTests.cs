using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Compatibility.Tests.Frameworks;

/// <summary>What SignalR's own client sees, by each of its transports.</summary>
public sealed class SignalRTests
{
    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task SignalR_CallIsInFlight_IsAnsweredAndThenTheClientIsAskedToReconnect(HttpTransportType transport)
    {
        // Arrange
        await using ServiceUnderTest service = await StartAsync();
        await using HubConnection connection = Connect(service, transport, out Task<Exception?> reconnecting);
        await connection.StartAsync(TestContext.Current.CancellationToken).OrHang();
        Task<string> ordering = connection.InvokeAsync<string>("Order", "tea", TestContext.Current.CancellationToken);
        await service.Slow.Begun.OrHang();

        // Act
        await service.TerminateAsync();

        // Assert
        Assert.False(reconnecting.IsCompleted);
        Assert.False(service.ExitCode.IsCompleted);
        service.Slow.Finish();
        Assert.Equal("ordered tea", await ordering.OrHang());
        Assert.Null(await reconnecting.OrHang()); // no error: SignalR's close message, which says that the client may come back
        await AssertNothingLostAsync(service);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task SignalR_ConnectionIsIdle_ClientIsAskedToReconnectAndNothingIsHeldUp(HttpTransportType transport)
    {
        // Arrange
        await using ServiceUnderTest service = await StartAsync();
        await using HubConnection connection = Connect(service, transport, out Task<Exception?> reconnecting);
        await connection.StartAsync(TestContext.Current.CancellationToken).OrHang();

        // Act
        service.Process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.Null(await reconnecting.OrHang());
        await AssertNothingLostAsync(service);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task SignalR_StreamObservesTheGoodbye_EndsWholeBeforeItsConnection(HttpTransportType transport)
    {
        // Arrange
        await using ServiceUnderTest service = await StartAsync();
        await using HubConnection connection = Connect(service, transport, out Task<Exception?> reconnecting);
        await connection.StartAsync(TestContext.Current.CancellationToken).OrHang();
        IAsyncEnumerator<string> prices = connection.StreamAsync<string>("Prices", TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await prices.MoveNextAsync().AsTask().OrHang());

        // Act
        service.Process.Signals.Raise(ShutdownSignal.Terminate);

        // Assert
        Assert.True(await prices.MoveNextAsync().AsTask().OrHang());
        Assert.Equal("the last price", prices.Current);
        Assert.False(await prices.MoveNextAsync().AsTask().OrHang());
        Assert.Null(await reconnecting.OrHang());
        await AssertNothingLostAsync(service);
    }

    private static Task<ServiceUnderTest> StartAsync() => ServiceUnderTest.StartAsync(
        static builder => builder.Services.AddSignalR(), static app => app.MapHub<OrderHub>("/hub"));

    /// <summary>Makes a client that reconnects by itself, if it is allowed to.</summary>
    private static HubConnection Connect(ServiceUnderTest service, HttpTransportType transport, out Task<Exception?> reconnecting)
    {
        HubConnection connection = new HubConnectionBuilder()
            .WithUrl(new Uri(service.Client.BaseAddress!, "/hub"), transport)
            .WithAutomaticReconnect([TestTimeouts.Hang]) // long after the test has seen that it would
            .Build();
        var told = Completion.New<Exception?>();
        connection.Reconnecting += error =>
        {
            told.TrySetResult(error);
            return Task.CompletedTask;
        };
        connection.Closed += error =>
        {
            told.TrySetException(new InvalidOperationException("It was not told that it may come back.", error));
            return Task.CompletedTask;
        };
        reconnecting = told.Task;
        return connection;
    }

    private static async Task AssertNothingLostAsync(ServiceUnderTest service)
    {
        int exitCode = await service.ExitCode.OrHang();
        Assert.True(exitCode == ShutdownExitCode.Clean, $"Exit code {exitCode}:\n{service.Process.Logs.Lines.All}");
        Assert.Empty((await service.Shutdown.Completion).Abandoned);
    }
}
