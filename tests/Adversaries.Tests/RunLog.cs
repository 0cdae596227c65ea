using System.Globalization;

namespace Adversaries.Tests;

/// <summary>One line for each process that was signalled and has ended, if <c>QUIESCE_RUN_LOG</c> names a file: eng/adversaries counts what ran,
/// not what should have run.</summary>
internal static class RunLog
{
    private static readonly string? _file = Environment.GetEnvironmentVariable("QUIESCE_RUN_LOG");
    private static readonly Lock _lock = new();

    public static void Add(string mode, string adversary, int exitCode, TimeSpan took)
    {
        if (_file is null) { return; }

        string line = string.Create(CultureInfo.InvariantCulture, $"{mode}\t{adversary}\t{exitCode}\t{took.TotalSeconds:0.000}\n");
        lock (_lock) { File.AppendAllText(_file, line); }
    }
}
