using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Output;
using Quiesce.TestSupport;

namespace Quiesce.Cli.Tests.Output;

/// <summary>What pipelines read and write is documented, and what is documented exists.</summary>
public sealed partial class DocumentedTests
{
    [Fact]
    public void Json_EachField_IsInThePage()
    {
        string page = Repository.Read("docs/rehearse.md");
        var names = new HashSet<string>();

        Collect(typeof(ReportDocument), names, []);

        Assert.NotEmpty(names);
        Assert.Equal([], names.Where(name => !Regex.IsMatch(page, $@"`[^`\n]*\b{name}\b[^`\n]*`")));
    }

    [Theory]
    [InlineData("docs/ci.md")]
    [InlineData("docs/rehearse.md")]
    [InlineData("docs/stories.md")]
    public void Options_InThePage_Exist(string name)
    {
        IEnumerable<string> named = Rehearsals().Matches(Quoted().Replace(Repository.Read(name), ""))
            .SelectMany(static block => Option().Matches(block.Value)).Select(static option => option.Value).Distinct();

        Assert.NotEmpty(named);
        Assert.Equal([], named.Except([.. RehearseOptions.All.Select(static spec => spec.Name), "--help"]));
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

    // From the command to what follows "--": that is another program's.
    [GeneratedRegex(@"quiesce rehearse (?s:.*?)(?=\s--\s|\n\n|`|$)")]
    private static partial Regex Rehearsals();

    // The command of a helper or a ledger.
    [GeneratedRegex("'[^'\n]*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<=\s)--[a-z][a-z-]*")]
    private static partial Regex Option();
}
