using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

/// <summary>A patch that no longer finds its code, or names a test that is gone, shows nothing; a run of all of them takes too long to notice soon.</summary>
[Trait("Size", "Full")]
public sealed partial class MutantTests
{
    [Fact]
    public async Task Patches_AllOfThem_ApplyToTheCodeAsItIs()
    {
        List<string> refused = [];
        foreach (string patch in Patches())
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--check", patch]) { WorkingDirectory = Repository.Root })!;
            await git.WaitForExitAsync();
            if (git.ExitCode != 0) { refused.Add(Path.GetFileName(patch)); }
        }

        Assert.Empty(refused);
    }

    [Fact]
    public void Patches_AllOfThem_NameATestThatExists()
    {
        Match[] named = [.. Patches().Select(static patch => Test().Match(File.ReadAllText(patch)))];

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(static test => !Exists(test.Groups["type"].Value, test.Groups["name"].Value)).Select(static test => test.Value));
    }

    private static bool Exists(string type, string test) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), $"{type}.cs", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains($" {test}(", StringComparison.Ordinal));

    private static string[] Patches() => Directory.GetFiles(Path.Combine(Repository.Root, "eng", "mutants"), "*.patch");

    [GeneratedRegex(@"^Test: +\S+\.(?<type>\w+)\.(?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Test();
}
