using System.Runtime.InteropServices;

namespace Quiesce;

/// <summary>A number alone on its cache line, and on the neighbour that is fetched with it: what lies beside it in memory belongs to another core.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedLong
{
    [FieldOffset(128)]
    public long Value;
}
