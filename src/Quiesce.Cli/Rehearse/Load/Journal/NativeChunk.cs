using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Load.Journal;

/// <summary>A fixed number of values outside of the managed heap: the garbage collector neither moves them nor looks at them. Given back by the finalizer.</summary>
/// <typeparam name="T">Holds no reference.</typeparam>
/// <remarks>Not thread-safe. What was not set yet is not zero, but anything.</remarks>
internal sealed unsafe class NativeChunk<T> : SafeBuffer
    where T : unmanaged
{
    public NativeChunk(int length)
        : base(ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T)));
        Initialize((ulong)length * (ulong)sizeof(T));
    }

    /// <exception cref="ArgumentException">It is outside of the chunk.</exception>
    public T this[int index]
    {
        get => Read<T>((ulong)index * (ulong)sizeof(T));
        set => Write((ulong)index * (ulong)sizeof(T), value);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
