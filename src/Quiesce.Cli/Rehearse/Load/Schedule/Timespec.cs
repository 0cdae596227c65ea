using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>A duration as the kernel takes it, on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Timespec(long Seconds, long Nanoseconds);
