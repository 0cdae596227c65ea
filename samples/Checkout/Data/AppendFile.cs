using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Checkout.Data;

/// <summary>A file that two processes append whole lines to, each batch with one write.</summary>
/// <remarks>
/// <see cref="FileMode.Append"/> will not do: .NET then writes at an offset of its own (pwrite), so the old and the new instance
/// of a rolling deployment overwrite each other. With O_APPEND the kernel finds the end and writes in one step.
/// What <see cref="Append"/> has written survives the end of the process, not a power failure: it is in the kernel's cache.
/// </remarks>
internal sealed partial class AppendFile : IDisposable
{
    private const int WriteOnly = 1;
    private const int Interrupted = 4; // EINTR, the same on Linux and macOS
    private static readonly int _appendAndCloseOnExec = OperatingSystem.IsMacOS() ? 0x8 | 0x1000000 : 0x400 | 0x80000;

    private readonly string _path;
    private readonly SafeFileHandle _handle;

    private AppendFile(string path, SafeFileHandle handle) => (_path, _handle) = (path, handle);

    public static AppendFile Open(string path)
    {
        if (OperatingSystem.IsWindows()) { throw new UsageException("Checkout needs Linux or macOS: it appends with O_APPEND."); }

        // .NET creates the file: open(2) takes the mode as a variadic argument, which P/Invoke cannot pass on every platform.
        new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }).Dispose();

        SafeFileHandle handle = OpenExisting(path, WriteOnly | _appendAndCloseOnExec);
        return handle.IsInvalid ? throw Failure("opened", path) : new AppendFile(path, handle);
    }

    /// <summary>Writes all lines of a batch at the end of the file, together.</summary>
    /// <exception cref="IOException">The disk is full or failing; part of the batch may have been written.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            nint written = Write(_handle, in MemoryMarshal.GetReference(lines), lines.Length);
            if (written >= 0) { lines = lines[(int)written..]; }
            else if (Marshal.GetLastPInvokeError() != Interrupted) { throw Failure("written to", _path); }
        }
    }

    public void Dispose() => _handle.Dispose();

    private static IOException Failure(string verb, string path) =>
        new($"'{path}' could not be {verb}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenExisting(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle handle, in byte first, nint count);
}
