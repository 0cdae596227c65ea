namespace Quiesce.Measurements.Requests;

/// <summary>Who counts the requests.</summary>
internal enum Counting
{
    Nobody,
    ByQuiesce,

    /// <summary>What counting cannot do without, and nothing else: see <see cref="Requests.CallsAlone"/>.</summary>
    ByCallsAlone,
}
