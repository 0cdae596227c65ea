using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;
using Quiesce;

namespace Snippets;

/// <summary>docs/recipes.md.</summary>
internal static class RecipeSnippets
{
    public static void UseMassTransit(IHostApplicationBuilder builder, string broker)
    {
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumer<PaymentConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker));
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.StopAtClose<MassTransitHostedService>();
    }

    public static void UseQuartz(IHostApplicationBuilder builder)
    {
        builder.Services.AddQuartz(quartz => quartz.AddJob<NightlyJob>(job => job.WithIdentity("nightly").StoreDurably()));
        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        builder.Services.StopAtClose<QuartzHostedService>();
    }

    internal sealed record Payment(string Order);

    internal sealed class PaymentConsumer : IConsumer<Payment>
    {
        public Task Consume(ConsumeContext<Payment> context) => Task.CompletedTask;
    }

    internal sealed class NightlyJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
