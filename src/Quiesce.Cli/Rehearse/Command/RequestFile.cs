using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Reads a mix of requests from the <c>.http</c> format that editors know.</summary>
/// <remarks>
/// Requests are separated by lines that begin with <c>###</c>. Each is a request line, headers, a blank line and a body. Lines that begin
/// with <c>#</c> or <c>//</c> before the body are comments; <c># @name</c>, <c># @weight 4</c> and <c># @effect</c> mean something.
/// </remarks>
internal static class RequestFile
{
    /// <summary>Reads the file; whatever is wrong with it goes to <paramref name="mistakes"/>, with the line.</summary>
    public static IReadOnlyList<RequestTemplate> Read(string path, Mistakes mistakes)
    {
        try
        {
            return Parse(path, File.ReadAllLines(path), mistakes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--requests '{path}' cannot be read: {Sentence.Of(error)} Name a file such as docs/rehearse.md shows, or give --request 'GET /path'.");
            return [];
        }
    }

    public static IReadOnlyList<RequestTemplate> Parse(string path, IReadOnlyList<string> lines, Mistakes mistakes)
    {
        int before = mistakes.Texts.Count;
        var templates = new List<RequestTemplate>();
        var block = new RequestBlock(path, mistakes);
        for (int index = 0; index < lines.Count; index++)
        {
            if (lines[index].StartsWith("###", StringComparison.Ordinal))
            {
                AddTo(templates, block);
                block = new RequestBlock(path, mistakes);
            }
            else
            {
                block.Take(index + 1, lines[index]);
            }
        }

        AddTo(templates, block);
        if (templates.Count == 0 && mistakes.Texts.Count == before)
        {
            mistakes.Add($"--requests '{path}' holds no request. Write at least one line such as: GET /path");
        }

        return templates;
    }

    private static void AddTo(List<RequestTemplate> templates, RequestBlock block)
    {
        if (block.ToTemplate() is { } template) { templates.Add(template); }
    }
}
