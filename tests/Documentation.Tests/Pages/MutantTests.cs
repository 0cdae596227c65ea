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
        string[] named = [.. Patches().Select(static patch => Test().Match(File.ReadAllText(patch)).Groups["name"].Value)];

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(TestNames.ThereAre()));
    }

    private static string[] Patches() => Directory.GetFiles(Path.Combine(Repository.Root, "eng", "mutants"), "*.patch");

    [GeneratedRegex(@"^Test: +\S+\.(?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Test();
}
