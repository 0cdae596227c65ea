using System.Runtime.InteropServices;

namespace Quiesce.TestSupport;

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int process, int signal);
}
