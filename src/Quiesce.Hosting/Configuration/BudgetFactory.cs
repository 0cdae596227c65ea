using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quiesce.Hosting.Registration;

namespace Quiesce.Hosting.Configuration;

/// <summary>Makes the budget from options, configuration and environment, or says everything that is wrong with them.</summary>
internal sealed partial class BudgetFactory(
    IOptions<GracefulShutdownOptions> options, ConfigurationMistakes mistakes, IConfiguration configuration, IServiceProvider services)
{
    public GracefulShutdownOptions Options => options.Value;

    /// <exception cref="ShutdownConfigurationException">Something cannot work; the exception lists all of it.</exception>
    public ShutdownBudget Create()
    {
        GracefulShutdownOptions value = options.Value; // reading it fills in the mistakes
        List<string> failures = [.. mistakes.Found];
        TimeSpan? environmentGrace = ReadEnvironment(failures);
        BudgetPlan plan = BudgetPlanner.Plan(value, environmentGrace);
        failures.AddRange(plan.Failures);
        if (failures.Count > 0) { throw new ShutdownConfigurationException(failures); }

        foreach (string warning in plan.Warnings) { Log.GraceShortened(ShutdownServices.Logger(services), warning); }

        return plan.Require();
    }

    private TimeSpan? ReadEnvironment(List<string> failures)
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
