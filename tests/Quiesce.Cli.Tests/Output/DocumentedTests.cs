using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.Output;

/// <summary>What pipelines read is documented, and the options that the tool's pages show exist.</summary>
public sealed partial class DocumentedTests
{
    // Of the programs that are rehearsed, of their helpers, and of dotnet.
    private static readonly string[] _others = ["--configuration", "--global", "--help", "--listen", "--output", "--tool-path"];

    [Fact]
    public void Json_EachField_IsInItsSectionOfThePage()
    {
        string page = Repository.Read("docs/rehearse.md");
        string section = page[page.IndexOf("\n## Fields of `--json`", StringComparison.Ordinal)..];
        HashSet<string> documented = [.. Span().Matches(section).SelectMany(static span => Word().Matches(span.Groups["code"].Value)).Select(static word => word.Value)];
        var names = new HashSet<string>();

        Collect(typeof(ReportDocument), names, []);

        Assert.NotEmpty(names);
        Assert.Equal([], names.Except(documented));
    }

    [Theory]
    [InlineData("docs/ci.md")]
    [InlineData("docs/rehearse.md")]
    [InlineData("docs/stories.md")]
    public void Options_InThePage_Exist(string name)
    {
        IEnumerable<string> named = Option().Matches(Repository.Read(name)).Select(static option => option.Value).Distinct();

        Assert.Equal([], named.Except(RehearseOptions.All.Select(static spec => spec.Name)).Except(_others));
    }

    private static void Collect(Type type, HashSet<string> names, HashSet<Type> seen)
    {
        if (!seen.Add(type) || ReportJson.Default.GetTypeInfo(type) is not { } info) { return; }
        if (info.ElementType is { } element) { Collect(element, names, seen); }
        foreach (JsonPropertyInfo property in info.Properties.Where(static property => property.Get is not null))
        {
            names.Add(property.Name);
            Collect(property.PropertyType, names, seen);
        }
    }

    // Closed on the line where it was opened, so that one that is left open pairs with nothing.
    [GeneratedRegex("`(?<code>[^`\n]*)`")]
    private static partial Regex Span();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex("(?<![-\\w])--[a-z][a-z0-9-]*")]
    private static partial Regex Option();
}
