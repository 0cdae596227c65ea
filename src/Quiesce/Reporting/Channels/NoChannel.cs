namespace Quiesce;

/// <summary>Where the report of a <see cref="ShutdownRehearsal"/> goes.</summary>
internal sealed class NoChannel : IReportChannel
{
    public string Name => "nobody";

    public void Write(ShutdownReport report)
    {
    }
}
