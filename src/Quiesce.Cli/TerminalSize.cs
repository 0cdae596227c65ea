using System.Runtime.InteropServices;

namespace Quiesce.Cli;

/// <summary>How many cells and rows a terminal has.</summary>
internal readonly partial record struct TerminalSize(int Width, int Height)
{
    /// <summary>What a terminal has that does not say.</summary>
    public static readonly TerminalSize Usual = new(80, 24);

    private const int StandardError = 2;

    // TIOCGWINSZ, the same on every architecture that .NET runs on under Linux.
    private const nuint GetWindowSize = 0x5413;

    /// <summary>That of the terminal behind standard error. The runtime only knows the one behind standard output, which may be a file.</summary>
    public static TerminalSize OfStandardError() =>
        OperatingSystem.IsLinux() && Ioctl(StandardError, GetWindowSize, out WindowSize size) == 0 && size is { Columns: > 0, Rows: > 0 }
            ? new TerminalSize(size.Columns, size.Rows)
            : Usual;

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ioctl(int descriptor, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct WindowSize(ushort Rows, ushort Columns, ushort PixelsAcross, ushort PixelsDown);
}
