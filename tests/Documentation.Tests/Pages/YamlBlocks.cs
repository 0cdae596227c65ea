using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Documentation.Tests.Pages;

/// <summary>What a page shows as YAML.</summary>
internal static partial class YamlBlocks
{
    public static YamlNode[] Of(string page) => [.. Block().Matches(Repository.Read(page)).Select(static block => Parse(block.Groups["text"].Value))];

    private static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Single().RootNode;
    }

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
