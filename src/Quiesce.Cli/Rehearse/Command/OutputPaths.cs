namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Checks before the run that its results can be written: learning that afterwards would cost the whole run.</summary>
internal static class OutputPaths
{
    private static readonly OptionSpec[] _files = [RehearseOptions.Json, RehearseOptions.JUnit, RehearseOptions.Markdown, RehearseOptions.Html];

    public static string? File(CommandLineValues values, OptionSpec option, Mistakes mistakes)
    {
        if (!values.IsGiven(option)) { return null; }
        string path = mistakes.Single(values, option);
        if (WhyNoFile(path) is { } reason) { mistakes.Add($"{option.Name} {reason}"); }
        return path;
    }

    /// <summary>Two results in one file would be one.</summary>
    public static void CheckDistinct(CommandLineValues values, Mistakes mistakes)
    {
        var given = _files.Where(values.IsGiven).Select(option => (option.Name, Path: values.Of(option)[^1])).Where(static one => one.Path.Length > 0);
        foreach (var same in given.GroupBy(static one => Path.GetFullPath(one.Path)).Where(static same => same.Count() > 1))
        {
            mistakes.Add($"{string.Join(" and ", same.Select(static one => one.Name))} name one file, '{same.Key}'. Give each its own.");
        }
    }

    public static string? LogDirectory(CommandLineValues values, Mistakes mistakes)
    {
        if (!values.IsGiven(RehearseOptions.Log)) { return null; }
        string path = mistakes.Single(values, RehearseOptions.Log);
        if (path.Length == 0) { mistakes.Add("--log is empty; name a directory."); }
        else if (WhyNot(() => Directory.CreateDirectory(path)) is { } reason)
        {
            mistakes.Add($"--log '{path}' cannot be made a directory: {reason} Name one that you may create.");
        }

        return path;
    }

    /// <summary>Proxies and the commands of ledgers need a place for a while.</summary>
    public static void CheckTemporary(RehearseSettings settings, Mistakes mistakes)
    {
        bool isNeeded = settings.Balancer is BalancerKind.Haproxy or BalancerKind.Nginx || settings.Ledgers.Any(static ledger => ledger.IsCommand);
        if (isNeeded && !settings.ShowConfig && WhyNot(static () => Directory.CreateTempSubdirectory("quiesce-").Delete()) is { } reason)
        {
            mistakes.Add($"TMPDIR: nothing can be created in '{Path.GetTempPath()}': {reason} Set TMPDIR to a directory that you may write to.");
        }
    }

    private static string? WhyNoFile(string path)
    {
        if (path.Length == 0) { return "is empty; name a file."; }
        string directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        if (!Directory.Exists(directory)) { return $"'{path}': there is no directory '{directory}'. Create it first."; }
        if (Directory.Exists(path)) { return $"'{path}' is a directory. Name a file in it."; }

        // A result is written beside the old one and then takes its place: nobody wants that of /dev/null.
        if (directory is "/dev" or "/dev/fd") { return $"'{path}' is a device. Name a file."; }
        return WhyNot(() => CreateAndDelete(Output.ReportFile.Beside(path))) is { } reason
            ? $"'{path}' cannot be written: {reason} Name a file in a directory that you may write to."
            : null;
    }

    private static void CreateAndDelete(string path)
    {
        System.IO.File.WriteAllText(path, "");
        System.IO.File.Delete(path);
    }

    /// <summary>Why something cannot be done, as a sentence; <see langword="null"/>: it can.</summary>
    private static string? WhyNot(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Sentence.Of(error);
        }
    }
}
