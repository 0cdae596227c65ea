using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Configuration;

/// <summary>Makes the budget and the report's channels from options, configuration and environment, and knows everything that is wrong with them.</summary>
/// <remarks>Never throws: a host with mistakes can be built, as tools at design time do. It is never started, see <see cref="Lifetime.StartupCheck"/>.</remarks>
internal sealed partial class BudgetFactory
{
    private readonly IServiceProvider _services;

    public BudgetFactory(
        IOptions<GracefulShutdownOptions> options, ConfigurationMistakes mistakes, IConfiguration configuration, IServiceProvider services)
    {
        _services = services;
        Options = options.Value; // reading it fills in the mistakes
        List<string> failures = [.. mistakes.Found];
        BudgetPlan plan = BudgetPlanner.Plan(Options, ReadEnvironment(configuration, failures));
        failures.AddRange(plan.Failures);
        string? reportFile = configuration[ReportDefaults.FileVariable] ?? Environment.GetEnvironmentVariable(ReportDefaults.FileVariable);
        failures.AddRange(ReportDestinations.Check(Options.Report, reportFile));
        ReportFiles = ReportDestinations.Create(Options.Report, reportFile);
        Mistakes = failures;
        Budget = plan.Budget ?? BudgetPlanner.Plan(new GracefulShutdownOptions(), environmentGrace: null).Require();
        Warn(plan.Warnings);
    }

    public GracefulShutdownOptions Options { get; }

    /// <summary>Gets the budget; the default one if there are <see cref="Mistakes"/>, and then nothing ever runs with it.</summary>
    public ShutdownBudget Budget { get; }

    /// <summary>Gets the files the report goes to.</summary>
    public IReadOnlyList<IReportChannel> ReportFiles { get; }

    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>Says which explicit limits do not fit into the budget. What only the environment made too short is a warning.</summary>
    public IReadOnlyList<string> CheckLimits(IReadOnlyList<IShutdownParticipant> participants)
    {
        (IReadOnlyList<string> failures, IReadOnlyList<string> warnings) =
            LimitCheck.Run(participants, Budget, BudgetPlanner.Plan(Options, environmentGrace: null).Budget);
        Warn(warnings);
        return failures;
    }

    private void Warn(IReadOnlyList<string> warnings)
    {
        foreach (string warning in warnings) { Log.GraceShortened(ShutdownServices.Logger(_services), warning); }
    }

    private static TimeSpan? ReadEnvironment(IConfiguration configuration, List<string> failures)
    {
        try
        {
            // The configuration has the environment in it, unless the builder is an empty one.
            return GracePeriodVariable.Parse(
                configuration[GracePeriodVariable.Name] ?? Environment.GetEnvironmentVariable(GracePeriodVariable.Name));
        }
        catch (ShutdownConfigurationException mistake)
        {
            failures.AddRange(mistake.Failures);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.GraceShortened, LogLevel.Warning, "{Warning}")]
        public static partial void GraceShortened(ILogger logger, string warning);
    }
}
