using System.Globalization;

namespace Quiesce.Measurements;

/// <summary>Results for the page, progress for whoever waits.</summary>
internal static class Say
{
    public static void Result(FormattableString line) => Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a figure is what is wanted: a page must not leave that to its reader.</summary>
    public static string Verdict(bool reached) => reached ? "reached" : "missed";

    public static void Progress(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
