using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

/// <summary>What a page shows compiles: each snippet stands, word for word, in a source file that is built.</summary>
public sealed partial class SnippetTests
{
    [Theory]
    [InlineData("README.md", "tests/Programs/Snippets")]
    [InlineData("docs/announce.md", "tests/Programs/Snippets")]
    [InlineData("docs/arithmetic.md", "tests/Programs/Snippets")]
    [InlineData("docs/background-work.md", "tests/Programs/Snippets")]
    [InlineData("docs/long-lived.md", "tests/Programs/Snippets")]
    [InlineData("docs/metrics.md", "tests/Programs/Snippets")]
    [InlineData("docs/recipes.md", "tests/Programs/Snippets")]
    [InlineData("docs/adapters/opentelemetry.md", "tests/Programs/Snippets")]
    [InlineData("docs/adapters/postgresql.md", "tests/Programs/Snippets")]
    [InlineData("docs/adapters/rabbitmq.md", "tests/Programs/Snippets")]
    [InlineData("docs/adapters/serilog.md", "tests/Programs/Snippets")]
    [InlineData("docs/migration.md", "samples/Migrations")]
    [InlineData("docs/testing.md", "tests")]
    [InlineData("src/PACKAGE.md", "tests/Programs/Snippets")]
    public void Snippets_OfThePage_AreCompiled(string page, string folder)
    {
        // Arrange: without indentation, which differs
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Flat(File.ReadAllText(file)))];

        // Act
        string[] snippets = [.. CSharp().Matches(Repository.Read(page)).Select(static block => Flat(block.Groups["text"].Value))];

        // Assert
        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.True(
            sources.Any(source => source.Contains(snippet, StringComparison.Ordinal)), $"No file in {folder} has:\n{snippet}"));
    }

    /// <summary>A page whose snippets nobody compiles must not come unnoticed.</summary>
    [Fact]
    public void Pages_WithSnippets_AreAllCompiled()
    {
        string[] compiled = [.. typeof(SnippetTests).GetMethod(nameof(Snippets_OfThePage_AreCompiled))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(static data => (string)data.Data[0]!)];

        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Root, file)).Append("README.md").Append("src/PACKAGE.md");

        Assert.Equal(pages.Where(static page => CSharp().IsMatch(Repository.Read(page))).Order(StringComparer.Ordinal), compiled.Order(StringComparer.Ordinal));
    }

    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
