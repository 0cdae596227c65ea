using System.Diagnostics.CodeAnalysis;

namespace Quiesce;

/// <summary>When a unit began, for people: right to a tick of the kernel's, some milliseconds. A precise look costs four times as much, and was half of what a
/// named unit cost.</summary>
/// <remarks>Manual time, and every other that is not the system's, is asked itself. Never for a limit: those are measured precisely.</remarks>
[SuppressMessage("ApiDesign", "RS0030", Justification = "This is where the system's coarse clock stands beside the TimeProvider, which has none.")]
internal sealed class CoarseClock(TimeProvider time)
{
    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);

    public long Now => _isSystem ? Environment.TickCount64 : time.GetTimestamp();

    public TimeSpan Since(long then) => _isSystem ? TimeSpan.FromMilliseconds(Environment.TickCount64 - then) : time.GetElapsedTime(then);
}
