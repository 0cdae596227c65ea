using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Compatibility.Tests.Recipes;

/// <summary>docs/recipes.md.</summary>
public sealed class QuartzTests
{
    [Fact]
    public async Task Scheduler_Signal_FiresNothingNewAndFinishesTheJobThatRuns()
    {
        // Arrange
        var process = new TestProcess();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        process.Host(builder);
        builder.Services.AddSingleton<Payments>();
        builder.Services.AddQuartz(static quartz => quartz.AddJob<NightlyJob>(static job => job.WithIdentity("nightly").StoreDurably()));
        builder.Services.AddQuartzHostedService(static options => options.WaitForJobsToComplete = true);
        builder.Services.StopAtClose<QuartzHostedService>();
        builder.AddGracefulShutdown();
        IHost host = builder.Build();
        Payments payments = host.Services.GetRequiredService<Payments>();
        ISchedulerFactory factory = host.Services.GetRequiredService<ISchedulerFactory>();
        IHostApplicationLifetime application = host.Services.GetRequiredService<IHostApplicationLifetime>();
        Task<int> exitCode = host.RunGracefullyAsync();
        IScheduler scheduler = await factory.GetScheduler(TestContext.Current.CancellationToken);
        await scheduler.TriggerJob(new JobKey("nightly"), TestContext.Current.CancellationToken);
        await payments.BegunAsync("nightly");

        // Act
        process.Signals.Raise(ShutdownSignal.Terminate);
        await process.Logs.Lines.ContainingAsync("Drain began");
        bool whole = !application.ApplicationStopping.IsCancellationRequested;
        await process.Logs.Lines.ContainingAsync("shutting down");
        try { await scheduler.TriggerJob(new JobKey("nightly"), TestContext.Current.CancellationToken); }
        catch (SchedulerException) { } // it may already refuse
        payments.Finish();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, await exitCode.OrHang());
        Assert.True(whole);
        Assert.Equal(["nightly"], payments.Done);
    }

    /// <summary>A job as an application has it.</summary>
    private sealed class NightlyJob(Payments payments) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await payments.PayAsync("nightly");
    }
}
