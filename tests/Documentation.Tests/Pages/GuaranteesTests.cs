using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

/// <summary>A promise whose test was renamed or removed is held by nothing.</summary>
public sealed partial class GuaranteesTests
{
    [Fact]
    public void Tests_OfEachGuarantee_Exist()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guarantees.md"));
        HashSet<string> methods = [.. TestSources().SelectMany(static source => Method().Matches(source)).Select(static match => match.Groups["name"].Value)];

        string[] named = [.. Named().Matches(page).Select(static match => match.Groups["name"].Value)];

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(methods));
    }

    private static IEnumerable<string> TestSources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"^\s*public (async )?(Task|void) (?<name>\w+_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(?<name>[A-Za-z0-9]+_\w+_\w+)`")]
    private static partial Regex Named();
}
