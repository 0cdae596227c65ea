using System.Globalization;

namespace Quiesce;

/// <summary>The files a report goes to, as options and environment say.</summary>
internal static class ReportDestinations
{
    /// <summary>Directories whose files are devices or the kernel's own: renaming a file onto one would replace it.</summary>
    private static readonly string[] _noPlace = ["/dev/", "/proc/", "/sys/"];

    /// <summary>The channels besides the log. A path that cannot be one is left out; <see cref="Check"/> refuses it at start-up.</summary>
    public static IReadOnlyList<IReportChannel> Create(ReportOptions options, string? fileVariable)
    {
        List<IReportChannel> channels = [];
        if (FilePath(options, fileVariable) is { } file && !Check(options, fileVariable).Any())
        {
            channels.Add(new ReportFile(Path.GetFullPath(file))); // now: the program may change its working directory
        }

        if (!string.IsNullOrEmpty(options.TerminationMessageFile)) { channels.Add(new TerminationMessage(options.TerminationMessageFile)); }

        return channels;
    }

    /// <summary>A sentence for each path that can be no file's.</summary>
    public static IEnumerable<string> Check(ReportOptions options, string? fileVariable)
    {
        string? path = FilePath(options, fileVariable);
        if (path is null) { yield break; }

        string source = string.IsNullOrWhiteSpace(fileVariable) ? "Report.File" : ReportDefaults.FileVariable;
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            yield return $"{source} contains a character that no path has.";
            yield break;
        }

        string full = Path.GetFullPath(path);
        if (Path.EndsInDirectorySeparator(full) || Directory.Exists(full))
        {
            yield return $"{source} is '{path}', which is a directory. Name a file in it, such as '{Path.Combine(path, "shutdown.json")}'.";
        }
        else if (Array.Exists(_noPlace, place => IsUnder(place, full)) && !IsUnder("/dev/shm/", full))
        {
            yield return $"{source} is '{path}', which is no regular file. Name one in a directory of your own; the log says the same in words.";
        }
    }

    private static string? FilePath(ReportOptions options, string? fileVariable)
    {
        string? path = string.IsNullOrWhiteSpace(fileVariable) ? options.File : fileVariable;
        return string.IsNullOrWhiteSpace(path)
            ? null
            : path.Replace(
                ReportDefaults.ProcessIdPlaceholder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static bool IsUnder(string place, string path) => path.StartsWith(place, StringComparison.Ordinal);
}
