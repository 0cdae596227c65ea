namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Checks before the run that its results can be written: learning that afterwards would cost the whole run.</summary>
internal static class OutputPaths
{
    public static string? Json(CommandLineValues values, Mistakes mistakes)
    {
        if (!values.IsGiven(RehearseOptions.Json)) { return null; }
        string path = mistakes.Single(values, RehearseOptions.Json);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(directory)) { mistakes.Add($"--json '{path}': there is no directory '{directory}'. Create it first."); }
        if (Directory.Exists(path)) { mistakes.Add($"--json '{path}' is a directory. Name a file in it."); }
        return path;
    }

    public static string? LogDirectory(CommandLineValues values, Mistakes mistakes)
    {
        if (!values.IsGiven(RehearseOptions.Log)) { return null; }
        string path = mistakes.Single(values, RehearseOptions.Log);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"--log '{path}' cannot be made a directory: {error.Message}");
        }

        return path;
    }
}
