using System.Globalization;
using Quiesce.Cli.Rehearse.Verdict.Statistics;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>What the figures prove, and what they cost, in words.</summary>
internal static class EvidenceText
{
    // What people ask for, from a first look to a proof.
    private static readonly double[] _asked = [0.5, 0.1, 0.01, 0.001];

    public static string Of(EvidenceSection evidence)
    {
        string more = evidence.LosingDeployments == 0 && _asked.Cast<double?>().FirstOrDefault(share => share < evidence.DeploymentsBound) is { } next
            ? $" ({ClopperPearson.Needed(next):N0} without a loss would exclude more than {Share(next)})"
            : "";

        // When all of them did, there is nothing to exclude.
        string excluded = evidence.LosingDeployments < evidence.Deployments
            ? $", which excludes that more than {Share(evidence.DeploymentsBound)} do{more}"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"At 95 %: {evidence.LosingDeployments} of {evidence.Deployments} deployments lost something{excluded}; {evidence.LostWindowRequests:N0} of {evidence.WindowRequests:N0} requests around the signals were lost, "
            + $"which excludes more than {Share(evidence.WindowRequestsBound)}.");
    }

    public static string Of(YearSection year, double rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{year.Deployments:N0} deployments a year at {rate} requests/s would lose about {year.Failures:N0} requests, {year.Unsafe:N0} of them unsafely.");

    // Rounded up, or a bound would claim more than was proved.
    private static string Share(double share)
    {
        double percent = share * 100, unit = percent >= 10 ? 1 : percent >= 1 ? 0.1 : percent >= 0.1 ? 0.01 : 0.001;
        return (Math.Ceiling((percent / unit) - 1e-9) * unit).ToString("0.###", CultureInfo.InvariantCulture) + " %";
    }
}
