namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Checks before the run that its results can be written: learning that afterwards would cost the whole run.</summary>
internal static class OutputPaths
{
    public static string? File(CommandLineValues values, OptionSpec option, Mistakes mistakes)
    {
        if (!values.IsGiven(option)) { return null; }
        string path = mistakes.Single(values, option);
        if (path.Length == 0)
        {
            mistakes.Add($"{option.Name} is empty; name a file.");
            return null;
        }

        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(directory)) { mistakes.Add($"{option.Name} '{path}': there is no directory '{directory}'. Create it first."); }
        if (Directory.Exists(path)) { mistakes.Add($"{option.Name} '{path}' is a directory. Name a file in it."); }
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
