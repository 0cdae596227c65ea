namespace Documentation.Tests.Pages;

public sealed class CompatibilityTests
{
    private static readonly string[] _reasons = ["no: ", "untested: "];

    [Fact]
    public void Rows_OfTheCompatibilityPage_NameTestsThatExistOrSayWhyNot()
    {
        // Arrange
        string[] rows = [.. Repository.Read("docs/compatibility.md").Split('\n')
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
            .Where(static line => !line.StartsWith("| with", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))];
        HashSet<string> tests = TestNames.ThereAre();

        // Act
        string[] bare = [.. rows.Where(row => TestNames.In(row).Length == 0 && !SaysWhyNot(row))];
        string[] unknown = [.. rows.SelectMany(TestNames.In).Except(tests)];

        // Assert
        Assert.NotEmpty(rows);
        Assert.Empty(bare);
        Assert.Empty(unknown);
    }

    private static bool SaysWhyNot(string row) => _reasons.Any(reason => row.Contains($"| {reason}", StringComparison.Ordinal));
}
