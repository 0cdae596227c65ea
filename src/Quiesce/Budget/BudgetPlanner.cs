using System.Globalization;

namespace Quiesce;

/// <summary>Turns options and environment into a budget.</summary>
/// <remarks>
/// Explicit values that cannot hold together are refused. When they would hold in the configured grace, and only the
/// environment's shorter grace makes them impossible, they shrink in proportion and a warning says so: the same
/// configuration has to start under a preview environment's 10 s and production's 60 s.
/// </remarks>
internal static class BudgetPlanner
{
    public static BudgetPlan Plan(GracefulShutdownOptions options, TimeSpan? environmentGrace)
    {
        List<string> failures = [.. CheckRanges(options, environmentGrace)];
        if (failures.Count > 0) { return new BudgetPlan(null, failures, []); }

        TimeSpan grace = environmentGrace ?? options.GracePeriod;
        ShutdownBudget budget = Share(options, grace, scale: 1);
        if (Holds(budget)) { return new BudgetPlan(budget, [], []); }

        ShutdownBudget configured = Share(options, options.GracePeriod, scale: 1);
        bool onlyTheEnvironmentIsTooShort = grace < options.GracePeriod && Holds(configured);
        if (!onlyTheEnvironmentIsTooShort)
        {
            string source = environmentGrace is null ? nameof(options.GracePeriod) : GracePeriodVariable.Name;
            return new BudgetPlan(null, [WhyNot(options, budget, source)], []);
        }

        string warning = $"QUIESCE_GRACE_PERIOD ({Text(grace)}) is shorter than GracePeriod ({Text(options.GracePeriod)}), for which the " +
            "configured shares were chosen; they were shortened in proportion. Raise the grace in the manifest, or shorten the shares.";
        return new BudgetPlan(Share(options, grace, ScaleFor(options, budget, configured)), [], [warning]);
    }

    private static IEnumerable<string> CheckRanges(GracefulShutdownOptions options, TimeSpan? environmentGrace)
    {
        (TimeSpan least, TimeSpan most) = (BudgetDefaults.ShortestGrace, BudgetDefaults.LongestGrace);
        if (options.GracePeriod < least || options.GracePeriod > most)
        {
            yield return $"GracePeriod is {Text(options.GracePeriod)}; use {Text(least)} to {Text(most)}.";
        }

        if (environmentGrace is { } grace && (grace < least || grace > most))
        {
            yield return $"QUIESCE_GRACE_PERIOD is {Text(grace)}; use {Text(least)} to {Text(most)}.";
        }

        foreach ((string name, TimeSpan? value) in Explicit(options))
        {
            if (value < TimeSpan.Zero || value > most)
            {
                yield return $"{name} is {Text(value.Value)}; use 00:00:00 to {Text(most)}, or leave it out.";
            }
        }
    }

    /// <summary>The rule across options: margin, reserve, hand-back and announce fit into the grace, and something is left to drain in.</summary>
    private static bool Holds(ShutdownBudget budget) => budget.Cut > TimeSpan.Zero && budget.Announce <= budget.Cut;

    /// <summary>What the explicit values are multiplied by: they and the drain share, as in the configured grace, what the other
    /// shares leave. Plain grace by grace would not do: defaults have caps, and are a larger part of a short grace.</summary>
    private static double ScaleFor(GracefulShutdownOptions options, ShutdownBudget budget, ShutdownBudget configured)
    {
        return Left(budget) / Left(configured);

        TimeSpan Left(ShutdownBudget of) => of.Grace
            - (options.Margin is null ? of.Margin : TimeSpan.Zero)
            - (options.ReleaseReserve is null ? of.ReleaseReserve : TimeSpan.Zero)
            - (options.HandBack is null ? of.HandBack : TimeSpan.Zero);
    }

    private static string WhyNot(GracefulShutdownOptions options, ShutdownBudget budget, string source)
    {
        (string Name, TimeSpan Value)[] parts =
        [
            .. options.Announce.Maximum is null ? [] : new[] { ("Announce.Maximum", budget.Announce) },
            (nameof(options.HandBack), budget.HandBack),
            (nameof(options.ReleaseReserve), budget.ReleaseReserve),
        ];

        // Those that somebody set, if they alone are too much; else the defaults are named too.
        TimeSpan?[] values = [options.Announce.Maximum, options.HandBack, options.ReleaseReserve];
        TimeSpan explicitSum = values.Aggregate(TimeSpan.Zero, static (sum, value) => sum + (value ?? TimeSpan.Zero));
        bool explicitSuffice = explicitSum >= budget.End && explicitSum > TimeSpan.Zero;
        (string Name, TimeSpan Value)[] named = explicitSuffice
            ? [.. parts.Where(part => Explicit(options).Any(share => share.Name == part.Name && share.Value is not null))]
            : parts;
        bool exceeds = named.Aggregate(TimeSpan.Zero, static (sum, part) => sum + part.Value) > budget.End;
        string verb = (exceeds, named.Length) switch
        {
            (true, 1) => "exceeds",
            (true, _) => "exceed",
            (false, 1) => "uses up",
            _ => "use up",
        };
        return $"{string.Join(" and ", named.Select(part => $"{part.Name} ({Text(part.Value)})"))} {verb} the budget of {Text(budget.End)} " +
            $"({source} {Text(budget.Grace)} less Margin {Text(budget.Margin)}). Shorten one or raise {source}.";
    }

    private static ShutdownBudget Share(GracefulShutdownOptions options, TimeSpan grace, double scale)
    {
        TimeSpan margin = Scaled(options.Margin, scale) ?? BudgetDefaults.Margin.Of(grace);
        TimeSpan reserve = Scaled(options.ReleaseReserve, scale) ?? BudgetDefaults.ReleaseReserve.Of(grace);
        TimeSpan handBack = Scaled(options.HandBack, scale) ?? BudgetDefaults.HandBack.Of(grace);
        var budget = new ShutdownBudget(grace, margin, reserve, handBack, Announce: TimeSpan.Zero);

        // An announce nobody asked for takes what is there; only an explicit one can be too long.
        TimeSpan usual = BudgetDefaults.Announce.Of(grace);
        TimeSpan announce = Scaled(options.Announce.Maximum, scale) ?? (usual < budget.Cut ? usual : budget.Cut);
        return budget with { Announce = announce < TimeSpan.Zero ? TimeSpan.Zero : announce };
    }

    /// <summary>Rounds down: shares that were shortened to fit must not exceed by a tick.</summary>
    private static TimeSpan? Scaled(TimeSpan? value, double scale) =>
        value is { } span ? TimeSpan.FromTicks((long)(span.Ticks * scale)) : null;

    /// <summary>What somebody may have set.</summary>
    private static (string Name, TimeSpan? Value)[] Explicit(GracefulShutdownOptions options) =>
    [
        (nameof(options.Margin), options.Margin),
        ("Announce.Maximum", options.Announce.Maximum),
        (nameof(options.HandBack), options.HandBack),
        (nameof(options.ReleaseReserve), options.ReleaseReserve),
        ("Announce.Linger", options.Announce.Linger),
        ("LongLived.Limit", options.LongLived.Limit),
        ("LongLived.Spread", options.LongLived.Spread),
    ];

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
