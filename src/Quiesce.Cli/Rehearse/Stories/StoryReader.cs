using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Rehearse.Stories;

/// <summary>Reads <c>--story</c>.</summary>
internal static class StoryReader
{
    /// <summary>The word that asks for all of them.</summary>
    public const string List = "list";

    public static Story? Read(CommandLineValues values, Mistakes mistakes)
    {
        if (!values.IsGiven(RehearseOptions.Story)) { return null; }
        string id = mistakes.Single(values, RehearseOptions.Story);
        Story? story = StoryCatalog.Find(id);
        if (story is null)
        {
            mistakes.Add($"--story is '{id}'; known are {string.Join(", ", StoryCatalog.All.Select(static one => one.Id))}. --story list shows them.");
        }
        else if (!story.CanBePlayed)
        {
            mistakes.Add($"--story {story.Id} ({story.Title}) cannot be played: {story.LookFor}");
            return null;
        }

        return story;
    }

    /// <summary>What else the story needs, and what it stands for when an option contradicts it.</summary>
    public static void Check(Story? story, RehearseSettings settings, Mistakes mistakes)
    {
        if (story is null) { return; }
        if (story.Explain(settings) is { } missing) { mistakes.Add($"--story {story.Id} ({story.Title}) {missing}"); }
        if (mistakes.Texts.Count > 0) { mistakes.Add($"--story {story.Id} is short for: {story.Line}. An option of your own wins over it."); }
    }

    /// <summary>Every story, for <c>--story list</c>.</summary>
    public static void Write(TextWriter output)
    {
        foreach (Story story in StoryCatalog.All)
        {
            output.WriteLine($"{story.Id}  {story.Title}");
            if (story.CanBePlayed) { output.WriteLine($"     {story.Line}"); }
            output.WriteLine($"     {(story.CanBePlayed ? "Look for" : "Not played:")} {story.LookFor}");
        }
    }
}
