namespace Quiesce;

/// <summary>One way for a report to leave the process.</summary>
internal interface IReportChannel
{
    /// <summary>Gets what it is, for the other channels to name when it fails.</summary>
    string Name { get; }

    /// <summary>Writes the report. May block and may throw: it is called on a thread of its own, and left behind at its limit.</summary>
    void Write(ShutdownReport report);

    /// <summary>Does what <see cref="Write"/> does up to the writing, so that its code is compiled when that is needed. On any thread.</summary>
    void Rehearse(ShutdownReport report) { }
}
