using System.Diagnostics;

namespace Adversaries.Tests;

/// <summary>The wall clock of one process, which somebody sets. A library between the process and the kernel, compiled from
/// <c>settable-clock.c</c>, answers for it and leaves the monotonic clock alone, as a real change would.</summary>
internal sealed class SettableClock : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SettableClock() => Set(TimeSpan.Zero);

    /// <summary>Gets what a process is started through, to live by this clock.</summary>
    public string[] Through => ["env", $"LD_PRELOAD={Library}", $"SETTABLE_CLOCK={OffsetFile}"];

    private string Library => Path.Combine(_folder.Path, "clock.so");

    private string OffsetFile => Path.Combine(_folder.Path, "offset");

    public static async Task<SettableClock> CreateAsync()
    {
        await DebianPackages.RequireAsync("cc", "gcc libc6-dev");
        var clock = new SettableClock();
        string source = Path.Combine(AppContext.BaseDirectory, "settable-clock.c");
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", "-o", clock.Library, source]);
        await compiler.WaitForExitAsync().OrHang();
        Assert.Equal(0, compiler.ExitCode);
        return clock;
    }

    /// <summary>Sets it, for those who live by it, to this much from the real one.</summary>
    public void Set(TimeSpan off)
    {
        // In place: the process has mapped the file, and sees the eight bytes change at once.
        using var file = new FileStream(OffsetFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes((long)off.TotalSeconds));
    }

    public void Dispose() => _folder.Dispose();
}
