using System.Security.Cryptography;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>Which of the requests after the signal a server loses on purpose, and how: one of each class, or some of one class, at random moments.</summary>
/// <remarks>What was lost is written down at that moment, so that a test knows the number whatever the tool says.</remarks>
internal sealed class PlannedLosses(string file, string? only)
{
    public const string Reset = "reset", Truncated = "truncated", ServerError = "serverError", Unavailable = "unavailable", Timeout = "timeout";

    public static readonly IReadOnlyList<string> Classes = [Reset, Truncated, ServerError, Unavailable, Timeout];

    // A leaving instance surely gets this many: each pooled connection brings one more request, and new ones come for a while.
    private const int Among = 12;

    private readonly Lock _lock = new();
    private readonly string?[] _plan = Shuffled(only is null ? Classes : [.. Enumerable.Repeat(only, RandomNumberGenerator.GetInt32(1, Among + 1))]);

    // Guarded by _lock.
    private int _seen;

    /// <summary>How to lose the next request after the signal; <see langword="null"/>: not at all.</summary>
    public string? Next()
    {
        lock (_lock)
        {
            if (_seen >= Among || _plan[_seen++] is not { } loss) { return null; }
            File.AppendAllText(file, loss + "\n");
            return loss;
        }
    }

    private static string?[] Shuffled(IReadOnlyList<string> losses)
    {
        string?[] plan = [.. losses, .. new string?[Among - losses.Count]];
        RandomNumberGenerator.Shuffle<string?>(plan);
        return plan;
    }
}
