namespace Quiesce;

/// <summary>The report as one line on standard error, for when there is no log to say it in.</summary>
internal sealed class StandardError(IProcessEnd process) : IReportChannel
{
    public string Name => "standard error";

    public void Write(ShutdownReport report) => process.WriteLastLine(Line(report));

    public void Rehearse(ShutdownReport report) => Line(report);

    private static string Line(ShutdownReport report) => $"Quiesce: {ReportText.Summarize(report)}";
}
