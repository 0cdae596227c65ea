using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quiesce.Hosting.Tests.Lifetime;

namespace Quiesce.Hosting.Tests.Configuration;

public sealed class OptionsTests
{
    [Fact]
    public void Options_EveryKeySet_AreRead()
    {
        // Arrange
        using HostUnderTest host = Configured(
            ("GracePeriod", "00:01:00"), ("Margin", "00:00:02"), ("ReleaseReserve", "00:00:07"),
            ("HandBack", "00:00:03"), ("announce:maximum", "00:00:04"), ("Announce:Readiness", "notfound"), ("AlwaysExitZero", "true"),
            ("LongLived:Limit", "00:00:06"), ("LongLived:Spread", "00:00:01"),
            ("Report:File", "report-{pid}.json"), ("Report:TerminationMessageFile", "/tmp/termination-log"),
            ("Signals:EscalateOnTerminal", "false"), ("Signals:StopOnHangup", "true"), ("Signals:LiveLine", "false"), ("Signals:ExtendServiceTimeout", "true"));

        // Act
        GracefulShutdownOptions options = host.Services.GetRequiredService<IOptions<GracefulShutdownOptions>>().Value;
        ShutdownBudget budget = host.Services.GetRequiredService<ShutdownCoordinator>().Budget;

        // Assert
        Assert.Equal(new ShutdownBudget(Seconds(60), Seconds(2), Seconds(7), Seconds(3), Seconds(4)), budget);
        Assert.True(options.AlwaysExitZero);
        Assert.Equal((ReadinessAnswer.NotFound, Seconds(6), Seconds(1)), (options.Announce.Readiness, options.LongLived.Limit, options.LongLived.Spread));
        SignalOptions signals = host.Services.GetRequiredService<ProcessShutdown>().Signals;
        Assert.Equal((false, true, false, true), (signals.EscalateOnTerminal, signals.StopOnHangup, signals.LiveLine, signals.ExtendServiceTimeout));
        Assert.Equal(("report-{pid}.json", "/tmp/termination-log"), (options.Report.File, options.Report.TerminationMessageFile));
    }

    [Fact]
    public void Options_ReportFileVariable_WinsAndNamesTheProcess()
    {
        // Arrange: the configuration has the environment in it
        using HostUnderTest host = HostUnderTest.Build(before: static builder =>
        {
            builder.Configuration["GracefulShutdown:Report:File"] = "mine.json";
            builder.Configuration["QUIESCE_REPORT_FILE"] = "theirs-{pid}.json";
        });

        // Assert
        IReadOnlyList<IReportChannel> files = host.Services.GetRequiredService<ProcessShutdown>().ReportFiles;
        Assert.Equal([$"the report file '{Path.GetFullPath($"theirs-{Environment.ProcessId}.json")}'", "the termination message '/dev/termination-log'"], files.Select(static file => file.Name));
    }

    [Fact]
    public void Options_SetInCode_WinOverConfiguration()
    {
        // Arrange
        var builder = HostUnderTest.NewBuilder();
        builder.Configuration["GracefulShutdown:GracePeriod"] = "00:01:00";

        // Act
        builder.AddGracefulShutdown(static options => options.GracePeriod = Seconds(20));
        using var host = builder.Build();

        // Assert
        Assert.Equal(Seconds(20), host.Services.GetRequiredService<ShutdownCoordinator>().Budget.Grace);
    }

    [Fact]
    public void Options_GracePeriodVariable_WinsOverBoth()
    {
        // Arrange: the configuration has the environment in it
        using HostUnderTest host = HostUnderTest.Build(before: static builder =>
        {
            builder.Configuration["GracefulShutdown:GracePeriod"] = "00:01:00";
            builder.Configuration["QUIESCE_GRACE_PERIOD"] = "12.5";
        });

        // Assert
        Assert.Equal(Seconds(12.5), host.Services.GetRequiredService<ShutdownCoordinator>().Budget.Grace);
    }

    [Theory]
    [InlineData("GracePeriods", "00:00:30", "GracefulShutdown:GracePeriods is no option. Known: GracePeriod, Margin, ReleaseReserve, HandBack, Announce:Maximum, Announce:Linger, Announce:Readiness, LongLived:Limit, LongLived:Spread, Report:File, Report:TerminationMessageFile, AlwaysExitZero, Signals:EscalateOnTerminal, Signals:StopOnHangup, Signals:LiveLine, Signals:ExtendServiceTimeout.")]
    [InlineData("Report:File", "/dev/stdout", "Report.File is '/dev/stdout', which is no regular file.")]
    [InlineData("Report:File", "/tmp", "Report.File is '/tmp', which is a directory. Name a file in it, such as '/tmp/shutdown.json'.")]
    [InlineData("GracePeriod", "30", "GracefulShutdown:GracePeriod is '30', which is no TimeSpan. Did you mean '00:00:30'?")]
    [InlineData("GracePeriod", "soon", "GracefulShutdown:GracePeriod is 'soon', which is no TimeSpan. Use hours:minutes:seconds, as in '00:00:30'.")]
    [InlineData("Announce:Maximum", "2.5", "GracefulShutdown:Announce:Maximum is '2.5', which is no TimeSpan. Did you mean '00:00:02.5000000'?")]
    [InlineData("Announce:Readiness", "1", "GracefulShutdown:Announce:Readiness is '1', which is no 'Fail', 'Pass' or 'NotFound'.")]
    [InlineData("Announce", "00:00:05", "GracefulShutdown:Announce is no option. Known: ")]
    [InlineData("AlwaysExitZero", "yes", "GracefulShutdown:AlwaysExitZero is 'yes', which is no 'true' or 'false'.")]
    [InlineData("GracePeriod", "00:00:01", "GracePeriod is 00:00:01; use 00:00:02 to 1.00:00:00.")]
    public async Task Options_Mistake_IsNamedWithItsRemedy(string key, string value, string expected)
    {
        // Arrange
        using HostUnderTest host = Configured((key, value));

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert
        Assert.StartsWith(expected, Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_SectionIsOneValue_IsRefused()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(before: static builder => builder.Configuration["GracefulShutdown"] = "00:00:30");

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert
        Assert.StartsWith("GracefulShutdown is '00:00:30', but it is a section.", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_ContradictoryValues_AreRefusedByName()
    {
        // Arrange
        using HostUnderTest host = Configured(("GracePeriod", "00:00:30"), ("Announce:Maximum", "00:00:20"), ("ReleaseReserve", "00:00:15"));

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert
        string failure = Assert.Single(error.Failures);
        Assert.Contains("Announce.Maximum (00:00:20)", failure, StringComparison.Ordinal);
        Assert.Contains("ReleaseReserve (00:00:15)", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_SeveralMistakes_AreReportedTogether()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(
            static builder => builder.Services
                .AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Task.CompletedTask, "nobody")
                .AddShutdownHook("twice", ShutdownPhase.Release, static (_, _) => Task.CompletedTask)
                .AddShutdownHook("twice", ShutdownPhase.Release, static (_, _) => Task.CompletedTask),
            before: static builder =>
            {
                builder.Configuration["GracefulShutdown:Margins"] = "00:00:01";
                builder.Configuration["GracefulShutdown:HandBack"] = "2";
                builder.Configuration["QUIESCE_GRACE_PERIOD"] = "soon";
            });

        // Act
        ShutdownConfigurationException error = await host.RefusalAsync();

        // Assert
        Assert.Collection(
            error.Failures,
            static failure => Assert.Contains("GracefulShutdown:HandBack is '2'", failure, StringComparison.Ordinal),
            static failure => Assert.Contains("GracefulShutdown:Margins is no option", failure, StringComparison.Ordinal),
            static failure => Assert.Contains("QUIESCE_GRACE_PERIOD is 'soon'", failure, StringComparison.Ordinal),
            static failure => Assert.Contains("'twice' is registered twice", failure, StringComparison.Ordinal),
            static failure => Assert.Contains("'ledger' uses 'nobody', which is no participant", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_EnvironmentShortensTheGrace_StartsWithAWarning()
    {
        // Arrange
        using HostUnderTest host = HostUnderTest.Build(before: static builder =>
        {
            builder.Configuration["GracefulShutdown:GracePeriod"] = "00:01:00";
            builder.Configuration["GracefulShutdown:ReleaseReserve"] = "00:00:20";
            builder.Configuration["QUIESCE_GRACE_PERIOD"] = "10";
        });

        // Act
        await host.StartAsync();

        // Assert
        await host.Process.Logs.Lines.ContainingAsync("Warning: QUIESCE_GRACE_PERIOD (00:00:10) is shorter than GracePeriod (00:01:00)");
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static HostUnderTest Configured(params (string Key, string Value)[] settings) => HostUnderTest.Build(before: builder =>
    {
        foreach ((string key, string value) in settings) { builder.Configuration["GracefulShutdown:" + key] = value; }
    });
}
