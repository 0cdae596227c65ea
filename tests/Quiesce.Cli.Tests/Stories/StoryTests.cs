using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Stories;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Stories;

public sealed class StoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Playable => [.. StoryCatalog.All.Where(static story => story.CanBePlayed).Select(static story => story.Id)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Playable))]
    public void Read_EachStory_IsTheOptionsItIsShortFor(string id)
    {
        Story story = StoryCatalog.Find(id)!;
        string[] needed = Needed(id);

        RehearseSettings told = Settings.Read(["--seed", "1", "--story", id, .. needed]);
        RehearseSettings typed = Settings.Read(["--seed", "1", .. story.Line.Split(' '), .. needed]);

        Assert.Equal(story, told.Story);
        Assert.Equal(
            (typed.Orchestrator, typed.Balancer, typed.Instances, typed.EndpointLag, typed.Deployments, typed.Grace, typed.Steady, typed.NetworkDelay),
            (told.Orchestrator, told.Balancer, told.Instances, told.EndpointLag, told.Deployments, told.Grace, told.Steady, told.NetworkDelay));
        Assert.Equal((typed.Rate, typed.FreshShare, typed.Connections), (told.Rate, told.FreshShare, told.Connections));
        Assert.Equal(typed.Faults, told.Faults);
    }

    [Fact]
    public void Read_StoryAndAnOptionOfIt_TheOptionWins()
    {
        RehearseSettings settings = Settings.Read("--story", "s03", "--deployments", "2", "--fault", "burst=5");

        Assert.Equal(("S03", 2, BalancerKind.None, 1d), (settings.Story!.Id, settings.Deployments, settings.Balancer, settings.FreshShare));
        Assert.Equal(5, Assert.Single(settings.Faults).Count);
    }

    [Theory]
    [InlineData("--story is 'S99'; known are S01, S02, ", "S99")]
    [InlineData("--story S12 (Messages fetched in advance are stranded or handled twice) cannot be played: the tool sends HTTP only", "S12")]
    [InlineData("--story S11 (Streams that never end) needs streams", "S11")]
    [InlineData("--story S13 (Acknowledged first, done later, killed in between) needs a ledger", "S13")]
    [InlineData("--fault helper-first needs a helper", "S10")]
    [InlineData("--story S01 is short for: --balancer kube --instances 3", "S01", "--port", "80")]
    public void Read_StoryThatCannotBePlayedSo_SaysWhatIsMissing(string text, string id, params string[] options) =>
        Assert.Contains(text, Settings.MistakeIn(["--story", id, .. options]));

    [Fact]
    public async Task List_Always_ShowsEachStory()
    {
        using var output = new StringWriter();
        var console = new CliConsole(output, TextWriter.Null, IsLive: false, IsColoured: false);

        int exitCode = await QuiesceTool.RunAsync(["rehearse", "--story", "list"], console, TimeProvider.System);

        Assert.Equal(ExitCodes.Pass, exitCode);
        Assert.All(StoryCatalog.All, story => Assert.Contains($"{story.Id}  {story.Title}", output.ToString()));
    }

    [Fact]
    public void Page_OfTheStories_HasEachWithItsOptions()
    {
        string page = Repository.Read("docs/stories.md");

        foreach (Story story in StoryCatalog.All)
        {
            int begins = page.IndexOf($"\n## {story.Id}: {story.Title}\n", StringComparison.Ordinal);
            Assert.True(begins >= 0, $"docs/stories.md lacks '## {story.Id}: {story.Title}'.");
            int ends = page.IndexOf("\n## ", begins + 1, StringComparison.Ordinal);
            string section = ends < 0 ? page[begins..] : page[begins..ends];
            Assert.Contains(story.CanBePlayed ? $"`{story.Line}`" : "*Not played:*", section);
            Assert.Matches(@"[Ss]ources?\b.*#\d+|learn\.microsoft\.com", section.ReplaceLineEndings(" "));
        }
    }

    [Fact]
    public void Faults_OfTheCatalog_AreAllOnThePage()
    {
        string page = Repository.Read("docs/rehearse.md");

        Assert.All(FaultCatalog.All, spec => Assert.Contains($"| `{spec.Usage}` |", page));
    }

    private string[] Needed(string id)
    {
        string file = _folder["mix.http"];
        File.WriteAllText(file, "# @effect\nPOST /orders/{id}\n###\n# @kind events\nGET /feed\n");
        return id switch
        {
            "S10" => ["--helper", "sleep 600"],
            "S11" => ["--requests", file],
            "S13" => ["--requests", file, "--ledger", "orders=file"],
            _ => [],
        };
    }
}
