namespace Quiesce.Cli.Rehearse.Output;

/// <summary>The verdict in words.</summary>
internal static class VerdictText
{
    public static string Of(string outcome) => outcome switch
    {
        "pass" => "PASS",
        "fail" => "FAIL",
        _ => "NOT GIVEN",
    };

    public static string ColourOf(string outcome) => outcome switch
    {
        "pass" => "green",
        "fail" => "red",
        _ => "yellow",
    };

    /// <summary>What a pass means, exactly.</summary>
    public static string Explain(ReportDocument report) => report.Verdict.Outcome != "pass"
        ? ""
        : report.Deployments.Any(static stop => stop.ByKill)
            ? "What was acknowledged was done once, as far as the ledgers tell, and each next instance started."
        : report.Settings.Balancer == "none"
            ? "No request ended unsafely, and every instance left by itself."
            : "No request failed, and every instance left by itself.";
}
