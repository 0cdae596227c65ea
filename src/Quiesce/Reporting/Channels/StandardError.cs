namespace Quiesce;

/// <summary>The report as one line on standard error, for when there is no log to say it in.</summary>
internal sealed class StandardError(IProcessEnd process) : IReportChannel
{
    public string Name => "standard error";

    public void Write(ShutdownReport report) => process.WriteLastLine($"Quiesce: {ReportText.Summarize(report)}");
}
