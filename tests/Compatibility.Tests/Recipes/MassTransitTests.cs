using Adapters.Tests.Servers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(RabbitMqServer))]

namespace Compatibility.Tests.Recipes;

/// <summary>docs/recipes.md, on the real broker.</summary>
[Trait("Size", "Full")]
public sealed class MassTransitTests(RabbitMqServer server)
{
    [Fact]
    public async Task Bus_Signal_ReceivesNothingNewAndFinishesWhatRunsBeforeTheHostStops()
    {
        // Arrange
        string queue = $"payments-{Guid.NewGuid():N}";
        await using ServiceUnderTest service = await StartAsync(queue);
        await service.SendAsync(queue, "first");
        await service.Payments.BegunAsync("first");

        // Act: another comes after the signal, while the first one runs
        service.Process.Signals.Raise(ShutdownSignal.Terminate);
        await service.Process.Logs.Lines.ContainingAsync("Drain began");
        bool whole = !service.Application.ApplicationStopping.IsCancellationRequested;
        service.Payments.Finish();
        int exitCode = await service.ExitCode.OrHang();

        // Assert
        Assert.True(whole);
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Equal(["first"], service.Payments.Done);
    }

    [Fact]
    public async Task Bus_MessagesAreSentAfterTheSignal_AllComeToTheNextInstance()
    {
        // Arrange: a broker gives two consumers their messages in turn
        string[] later = ["second", "third", "fourth", "fifth"];
        string queue = $"payments-{Guid.NewGuid():N}";
        await using ServiceUnderTest leaving = await StartAsync(queue);
        await leaving.SendAsync(queue, "first");
        await leaving.Payments.BegunAsync("first");
        leaving.Process.Signals.Raise(ShutdownSignal.Terminate);
        await leaving.Process.Logs.Lines.ContainingAsync("Drain began");

        // Act
        await using ServiceUnderTest next = await StartAsync(queue);
        next.Payments.Finish();
        foreach (string order in later)
        {
            await next.SendAsync(queue, order);
            await next.Payments.DoneAsync(order);
        }

        leaving.Payments.Finish();
        await leaving.ExitCode.OrHang();

        // Assert
        Assert.Equal(["first"], leaving.Payments.Done);
        Assert.Equal(later, next.Payments.Done);
    }

    private async Task<ServiceUnderTest> StartAsync(string queue)
    {
        int port = await server.PortAsync();
        var process = new TestProcess();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        process.Host(builder);
        builder.Services.AddSingleton<Payments>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<PaymentConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri($"amqp://127.0.0.1:{port}/"));
                rabbit.ReceiveEndpoint(queue, endpoint => endpoint.ConfigureConsumer<PaymentConsumer>(context));
            });
        });
        builder.Services.StopAtClose<MassTransitHostedService>();
        builder.AddGracefulShutdown();
        return await ServiceUnderTest.StartAsync(builder.Build(), process);
    }

    /// <summary>One instance of the service.</summary>
    private sealed class ServiceUnderTest(IHost host, TestProcess process, Task<int> exitCode) : IAsyncDisposable
    {
        public TestProcess Process => process;

        public Task<int> ExitCode => exitCode;

        public Payments Payments { get; } = host.Services.GetRequiredService<Payments>();

        public IHostApplicationLifetime Application { get; } = host.Services.GetRequiredService<IHostApplicationLifetime>();

        public static async Task<ServiceUnderTest> StartAsync(IHost host, TestProcess process)
        {
            var started = Completion.New();
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.TrySetResult());
            Task<int> exitCode = host.RunGracefullyAsync();
            await Task.WhenAny(started.Task, exitCode).OrHang();
            var service = new ServiceUnderTest(host, process, exitCode);
            await process.Logs.Lines.ContainingAsync("Bus started");
            return service;
        }

        public async Task SendAsync(string queue, string order)
        {
            ISendEndpoint endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"queue:{queue}"));
            await endpoint.Send(new Payment(order));
        }

        public async ValueTask DisposeAsync()
        {
            Payments.Finish();
            if (!exitCode.IsCompleted) { process.Signals.Raise(ShutdownSignal.Terminate); }

            await exitCode.OrHang();
        }
    }
}
