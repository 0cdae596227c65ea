using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

public sealed partial class LinkTests
{
    [Fact]
    public void Links_OfEveryPage_LeadSomewhere()
    {
        string[] broken = [.. Repository.Pages().SelectMany(BrokenLinks)];

        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Theory]
    [InlineData("What happens at SIGTERM", "what-happens-at-sigterm")]
    [InlineData("`QUIESCE_GRACE_PERIOD`: how?", "quiesce_grace_period-how")]
    public void Anchor_OfAHeading_IsGitHubs(string heading, string anchor) => Assert.Equal(anchor, AnchorOf(heading));

    private static IEnumerable<string> BrokenLinks(string page)
    {
        foreach (Match link in Link().Matches(CodeBlock().Replace(File.ReadAllText(page), string.Empty)))
        {
            string target = link.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) { continue; }

            string[] parts = target.Split('#', 2);
            string file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
            bool leads = parts.Length == 1 ? Path.Exists(file) : File.Exists(file) && Anchors(file).Contains(parts[1]);
            if (!leads) { yield return $"{Path.GetRelativePath(Repository.Root, page)}: {target}"; }
        }
    }

    private static HashSet<string> Anchors(string page) =>
        [.. Heading().Matches(CodeBlock().Replace(File.ReadAllText(page), string.Empty)).Select(static match => AnchorOf(match.Groups["text"].Value))];

    private static string AnchorOf(string heading) => NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
