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
        if (CheckTogether(options, grace) is not { } failure) { return new BudgetPlan(Share(options, grace, scale: 1), [], []); }

        bool onlyTheEnvironmentIsTooShort = grace < options.GracePeriod && CheckTogether(options, options.GracePeriod) is null;
        if (!onlyTheEnvironmentIsTooShort) { return new BudgetPlan(null, [failure], []); }

        string warning = $"QUIESCE_GRACE_PERIOD ({Text(grace)}) is shorter than GracePeriod ({Text(options.GracePeriod)}), for which the " +
            "configured shares were chosen; they were shortened in proportion. Raise the grace in the manifest, or shorten the shares.";
        return new BudgetPlan(Share(options, grace, scale: grace / options.GracePeriod), [], [warning]);
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

        foreach ((string name, TimeSpan? value) in Shares(options))
        {
            if (value < TimeSpan.Zero) { yield return $"{name} is {Text(value.Value)}; use 00:00:00 or more, or leave it out."; }
        }
    }

    /// <summary>The rule across options: margin, reserve, hand-back and announce must fit into the grace.</summary>
    private static string? CheckTogether(GracefulShutdownOptions options, TimeSpan grace)
    {
        ShutdownBudget budget = Share(options, grace, scale: 1);
        if (budget.Cut > TimeSpan.Zero && budget.Announce <= budget.Cut) { return null; }

        string explicitShares = string.Join(" and ", Shares(options)
            .Where(share => share.Name != nameof(options.Margin) && share.Value is not null)
            .Select(share => $"{share.Name} ({Text(share.Value!.Value)})"));
        string subject = explicitShares.Length > 0 ? $"{explicitShares} leave nothing to drain in" : "Nothing is left of";
        return $"{subject} the budget of {Text(budget.End)} (GracePeriod {Text(grace)} less Margin {Text(budget.Margin)}). " +
            "Shorten one or raise GracePeriod.";
    }

    private static ShutdownBudget Share(GracefulShutdownOptions options, TimeSpan grace, double scale)
    {
        TimeSpan margin = options.Margin * scale ?? BudgetDefaults.Margin.Of(grace);
        TimeSpan reserve = options.ReleaseReserve * scale ?? BudgetDefaults.ReleaseReserve.Of(grace);
        TimeSpan handBack = options.HandBack * scale ?? BudgetDefaults.HandBack.Of(grace);
        var budget = new ShutdownBudget(grace, margin, reserve, handBack, Announce: TimeSpan.Zero);

        // An announce nobody asked for takes what is there; only an explicit one can be too long.
        TimeSpan usual = BudgetDefaults.Announce.Of(grace);
        TimeSpan announce = options.Announce.Maximum * scale ?? (usual < budget.Cut ? usual : budget.Cut);
        return budget with { Announce = announce < TimeSpan.Zero ? TimeSpan.Zero : announce };
    }

    private static (string Name, TimeSpan? Value)[] Shares(GracefulShutdownOptions options) =>
    [
        (nameof(options.Margin), options.Margin),
        ("Announce.Maximum", options.Announce.Maximum),
        (nameof(options.HandBack), options.HandBack),
        (nameof(options.ReleaseReserve), options.ReleaseReserve),
    ];

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
