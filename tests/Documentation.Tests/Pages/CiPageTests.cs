using YamlDotNet.RepresentationModel;

namespace Documentation.Tests.Pages;

/// <summary>The jobs of docs/ci.md can be read by whoever runs them. That their options exist is tested with the tool.</summary>
public sealed class CiPageTests
{
    [Fact]
    public void Jobs_OfThePage_AreYamlAndRehearse()
    {
        YamlNode[] jobs = YamlBlocks.Of("docs/ci.md");

        var github = (YamlSequenceNode)jobs[0]["jobs"]["rehearse"]["steps"];
        var gitlab = (YamlSequenceNode)jobs[1]["rehearse"]["script"];
        Assert.Equal(2, jobs.Length);
        Assert.Single(github, static step => step is YamlMappingNode map && map.Children.TryGetValue("run", out YamlNode? run) && $"{run}".StartsWith("quiesce rehearse ", StringComparison.Ordinal));
        Assert.Single(gitlab, static line => $"{line}".StartsWith("/opt/tools/quiesce rehearse ", StringComparison.Ordinal));
    }
}
