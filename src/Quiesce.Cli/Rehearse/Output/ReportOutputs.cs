using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Output.Html;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Writes the files that were asked for. One that cannot be written never takes the others away.</summary>
internal static class ReportOutputs
{
    /// <exception cref="QuiesceException">At least one could not be written; the message names each.</exception>
    public static void Write(RehearseSettings settings, RehearsalRecord record, ReportDocument report, TimeProvider time)
    {
        var failures = new List<string>();
        Try(RehearseOptions.Json, settings.JsonPath, () => ReportFile.Serialize(report));
        Try(RehearseOptions.JUnit, settings.JUnitPath, () => JUnitReport.Render(report));
        Try(RehearseOptions.Markdown, settings.MarkdownPath, () => MarkdownReport.Render(report));
        Try(RehearseOptions.Html, settings.HtmlPath, () => HtmlPage.Render(report, new TimelineBuilder(settings, record, time).Build()));
        if (failures.Count > 0) { throw new QuiesceException(ExitCodes.Usage, string.Join(Environment.NewLine, failures)); }

        void Try(OptionSpec option, string? path, Func<string> render)
        {
            if (path is null) { return; }
            try
            {
                ReportFile.Write(path, render());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failures.Add($"{option.Name} '{path}' cannot be written: {Sentence.Of(error)} What was measured is shown above; for the file, make room or name another one, and rehearse again.");
            }
        }
    }
}
