using System.Diagnostics;

namespace Quiesce.TestSupport;

/// <summary>Programs of Debian's that tests use for real. Nothing is skipped: what is missing is installed, or the test fails and says how.</summary>
internal static class DebianPackages
{
    private static readonly string[] _folders = ["/usr/sbin", "/usr/bin"];

    /// <summary>Returns once the program is there.</summary>
    public static async Task RequireAsync(string program, string package)
    {
        if (_folders.Any(folder => File.Exists(Path.Combine(folder, program)))) { return; }

        // Another test program may be installing something: wait for its lock.
        string install = $"apt-get update && apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 {package}";
        var start = new ProcessStartInfo("sh", ["-c", install + " 2>&1"]) { RedirectStandardOutput = true, Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using Process apt = Process.Start(start)!;
        string output = await apt.StandardOutput.ReadToEndAsync();
        await apt.WaitForExitAsync();
        Assert.True(apt.ExitCode == 0, $"This test needs {program}. Installing it failed; as root, run: {install}\n{output}");
    }
}
