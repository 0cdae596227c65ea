using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>One section of a page: what its reader is to type, and to change.</summary>
internal sealed partial class Page
{
    private readonly string _section;

    private Page(string section) => _section = section;

    public static Page Section(string page, string title)
    {
        string text = Repository.Read(page);
        string rest = text[(text.IndexOf($"\n## {title}\n", StringComparison.Ordinal) + 1)..];
        int end = rest.IndexOf("\n## ", StringComparison.Ordinal);
        return new Page(end < 0 ? rest : rest[..end]);
    }

    /// <summary>What is to be typed, one command a line.</summary>
    public string Commands => Assert.Single(Blocks("bash"));

    /// <summary>Makes the section's changes in files, in the order in which it names them.</summary>
    public async Task ChangeAsync(params string[] files)
    {
        string[] changes = [.. Blocks("diff")];
        Assert.Equal(files.Length, changes.Length);
        foreach ((string file, string change) in files.Zip(changes))
        {
            await File.WriteAllLinesAsync(file, Changed(await File.ReadAllLinesAsync(file), change));
        }
    }

    /// <summary>Lines that begin with a blank or a minus are looked for, from the last one on; those with a plus are inserted there.</summary>
    private static List<string> Changed(string[] before, string change)
    {
        List<string> lines = [.. before];
        int at = 0;
        foreach (string line in change.TrimEnd('\n').Split('\n'))
        {
            string text = line[1..];
            if (line[0] == '+')
            {
                lines.Insert(at++, text);
                continue;
            }

            int found = lines.IndexOf(text, at);
            Assert.True(found >= 0, $"There is no line '{text}' after line {at} of:\n{string.Join('\n', lines)}");
            at = found + 1;
            if (line[0] == '-') { lines.RemoveAt(--at); }
        }

        return lines;
    }

    private IEnumerable<string> Blocks(string language) =>
        Fence().Matches(_section).Where(block => block.Groups["language"].Value == language).Select(static block => block.Groups["text"].Value);

    [GeneratedRegex("^```(?<language>[a-z]*)\\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
