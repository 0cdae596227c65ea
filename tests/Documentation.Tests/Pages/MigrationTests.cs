using System.Globalization;
using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

/// <summary>What docs/migration.md says of each way to leave is what the last rehearsal of it has counted.</summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData("preStop sleep", "prestop-sleep")]
    [InlineData("delayed-lifetime sample", "delayed-lifetime")]
    [InlineData("`ApplicationStopping` with a sleep", "stopping-sleep")]
    [InlineData("`ShutdownTimeout` alone", "shutdown-timeout")]
    [InlineData("Quiesce", "quiesce")]
    public void Table_OfThePage_HasWhatWasCounted(string way, string rehearsal)
    {
        // Arrange: balancer, deployments; requests; refused; failures; unsafe; during the announce, ledger errors; seconds
        GroupCollection counted = Regex.Match(
            Repository.Read("docs/results/migrations.md"), $@"^{rehearsal} +kube +\d+ +([\d,]+) +[\d,]+ +([\d,]+) +([\d,]+) +\S+ +\S+ +([\d.]+)", RegexOptions.Multiline).Groups;
        Assert.True(counted[0].Success, $"The results have no row of '{rehearsal}'.");

        // Act
        string row = Assert.Single(Repository.Read("docs/migration.md").Split('\n'), line => line.StartsWith($"| {way} |", StringComparison.Ordinal));

        // Assert
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"| {way} | {counted[2].Value} of {counted[1].Value} | {counted[3].Value} | {counted[4].Value} |"), row);
    }
}
