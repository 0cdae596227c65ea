using System.Text.RegularExpressions;

namespace Documentation.Tests.Pages;

public sealed partial class MigrationTests
{
    [Fact]
    public void Snippets_OfTheMigrationPage_AreCompiledInTheSample()
    {
        // Arrange: without indentation, which differs
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples/Migrations"), "*.cs", SearchOption.AllDirectories)
            .Select(static file => Flat(File.ReadAllText(file)))];

        // Act
        string[] snippets = [.. CSharp().Matches(Repository.Read("docs/migration.md")).Select(static block => Flat(block.Groups["text"].Value))];

        // Assert
        Assert.Equal(6, snippets.Length);
        Assert.All(snippets, snippet => Assert.Contains(sources, source => source.Contains(snippet, StringComparison.Ordinal)));
    }

    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
