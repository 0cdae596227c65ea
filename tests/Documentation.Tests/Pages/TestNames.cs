using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

/// <summary>The tests there are, and those that a page names in backticks.</summary>
internal static partial class TestNames
{
    public static HashSet<string> ThereAre() =>
        [.. Sources().SelectMany(static source => Method().Matches(source)).Select(static match => match.Groups["name"].Value)];

    public static string[] In(string text) => [.. Named().Matches(text).Select(static match => match.Groups["name"].Value)];

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"^\s*public (async )?(Task|void) (?<name>\w+_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(?<name>[A-Za-z0-9]+_\w+_\w+)`")]
    private static partial Regex Named();
}
