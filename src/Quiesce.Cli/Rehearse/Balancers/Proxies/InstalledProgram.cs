namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>Finds a program of the machine's, also where only administrators look.</summary>
internal static class InstalledProgram
{
    // Debian and Fedora install daemons where the PATH of an ordinary user does not lead.
    private static readonly string[] _administrators = ["/usr/sbin", "/usr/local/sbin", "/sbin"];

    /// <summary>The full path of the program.</summary>
    /// <exception cref="QuiesceException">It is not installed.</exception>
    public static string Require(string name, string package)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), .. _administrators];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new QuiesceException(
            ExitCodes.Usage,
            $"--balancer {name} rehearses behind the real {name}, which is not installed: there is no '{name}' on the PATH or in "
            + $"{string.Join(", ", _administrators)}. Install it (Debian: apt-get install {package}), or use --balancer kube, which needs nothing.");
    }
}
