using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Output;

public sealed class YearTests
{
    [Theory]
    [InlineData(100, 200, 100)]
    [InlineData(7, 14, 7, "--deployments-per-year", "7")]
    public void Year_OneDeploymentLostTwoRequestsOneOfThemUnsafely_IsMultiplied(int deployments, int failures, int unsafely, params string[] options)
    {
        RequestRecord[] requests = [Rehearsed.Request(OutcomeClass.Ok), Rehearsed.Request(OutcomeClass.Reset, sent: 1500), Rehearsed.Request(OutcomeClass.Refused, sent: 3500)];
        RehearsalRecord record = Rehearsed.Record(requests, Rehearsed.Stop());

        ReportDocument report = new ReportBuilder(Settings.Read(options), record, TimeProvider.System).Build().Document;

        Assert.Equal(new YearSection(deployments, failures, unsafely), report.Year);
    }
}
