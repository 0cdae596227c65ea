using Checkout.Audit;
using Checkout.Confirmations;
using Checkout.Outbox;
using Checkout.Payments;
using Checkout.RabbitMq;
using Checkout.Sweeping;

namespace Checkout;

internal static class ServiceRegistration
{
    /// <summary>Adds a singleton that the host starts and stops, and that others can ask for.</summary>
    public static IServiceCollection AddHostedSingleton<T>(this IServiceCollection services)
        where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(static provider => provider.GetRequiredService<T>());

    /// <summary>Binds each feature's options to its configuration section; mistakes are reported before the service starts.</summary>
    public static IServiceCollection AddCheckoutOptions(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false); // 400 in Development, too
        return services
            .AddChecked<PaymentOptions>("Payments", "Fastest must be more than zero and at most Slowest.",
                static options => options.Fastest > TimeSpan.Zero && options.Fastest <= options.Slowest)
            .AddChecked<ConfirmationOptions>("Confirmations", "BatchWindow must be zero or more, QueueLimit 1 or more.",
                static options => options.BatchWindow >= TimeSpan.Zero && options.QueueLimit >= 1)
            .AddChecked<AuditOptions>("Audit", "FlushInterval must be more than zero, BufferLimitBytes 1 or more.",
                static options => options.FlushInterval > TimeSpan.Zero && options.BufferLimitBytes >= 1)
            .AddChecked<SweeperOptions>("Sweeping", "RetryInterval and SweepInterval must be more than zero, BatchSize 1 or more.",
                static options => options.RetryInterval > TimeSpan.Zero && options.SweepInterval > TimeSpan.Zero && options.BatchSize >= 1)
            .AddChecked<OutboxOptions>("Outbox", "FallbackInterval and RetryInterval must be more than zero, BatchSize 1 or more.",
                static options => options.FallbackInterval > TimeSpan.Zero && options.RetryInterval > TimeSpan.Zero && options.BatchSize >= 1)
            .AddChecked<WorkerOptions>("Worker", "Concurrency must be 1 to 1,000.",
                static options => options.Concurrency is >= 1 and <= 1_000);
    }

    public static IServiceCollection AddChecked<T>(this IServiceCollection services, string section, string rule, Func<T, bool> isValid)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).Validate(isValid, $"{section}: {rule}").ValidateOnStart();
        return services;
    }
}
