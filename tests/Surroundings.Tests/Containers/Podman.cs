using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Surroundings.Tests.Containers;

/// <summary>Containers of this machine's own files: no image, no registry, no network. Shared by all tests of a class.</summary>
/// <remarks>The settings are what works without CAP_SYS_RESOURCE and with hybrid cgroups.</remarks>
public sealed class Podman : IAsyncLifetime
{
    private const string Settings = """
        [containers]
        default_ulimits=["nofile=16384:16384","nproc=4096:4096"]
        [engine]
        cgroup_manager="cgroupfs"
        events_logger="file"
        """;

    private static readonly string[] _packages = ["podman", "runc", "catatonit"];
    private readonly string _folder = Directory.CreateTempSubdirectory("quiesce-podman-").FullName;

    private Dictionary<string, string> Environment => new() { ["CONTAINERS_CONF"] = Path.Combine(_folder, "containers.conf") };

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public async ValueTask InitializeAsync()
    {
        await DebianPackages.RequireAsync("podman", string.Join(' ', _packages));
        await DebianPackages.RequireAsync("runc", "runc");
        await File.WriteAllTextAsync(Path.Combine(_folder, "containers.conf"), Settings);
    }

    /// <summary>Makes a root file system of empty directories; the files are mounted into it.</summary>
    public string NewRoot()
    {
        string root = Path.Combine(_folder, Path.GetRandomFileName());
        foreach (string directory in (string[])["usr", "etc/systemd/system", "proc", "sys", "dev", "tmp", "run", "var/log", "app", "web", "dotnet"])
        {
            Directory.CreateDirectory(Path.Combine(root, directory));
        }

        foreach (string link in (string[])["bin", "sbin", "lib", "lib64"]) { File.CreateSymbolicLink(Path.Combine(root, link), "usr/" + link); }

        foreach (string file in (string[])["passwd", "group", "nsswitch.conf", "ld.so.cache"]) { File.Copy("/etc/" + file, Path.Combine(root, "etc", file)); }

        File.WriteAllText(Path.Combine(root, "etc/machine-id"), "");
        return root;
    }

    /// <summary>Starts a container; its first process is the command.</summary>
    internal ChildProcess Run(string name, string root, IEnumerable<string> options, params IEnumerable<string> command) => ChildProcess.StartCommand(
        [
            .. Command, "run", "--rm", "--interactive", "--name", name, "--network", "none", .. options,
            "--volume", "/usr:/usr:ro", "--volume", $"{DotnetRoot}:/dotnet:ro", "--volume", $"{Program("HostProgram")}:/app:ro",
            "--volume", $"{Program("WebProgram")}:/web:ro", "--env", "DOTNET_ROOT=/dotnet", "--rootfs", root, .. command,
        ],
        Environment);

    /// <summary>Runs a command of podman's to its end.</summary>
    internal async Task<(int ExitCode, Lines Output)> DoAsync(params string[] arguments)
    {
        await using ChildProcess podman = ChildProcess.StartCommand([.. Command, .. arguments], Environment);
        return (await podman.ExitAsync(), podman.Output);
    }

    public async ValueTask DisposeAsync()
    {
        await DoAsync("rm", "--force", "--all", "--time", "0");
        await EndOfTheOthersAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A container's monitor cleans up behind it, and so does the command that ran it: both still write when it is gone.</summary>
    private async Task EndOfTheOthersAsync()
    {
        while (Process.GetProcesses().Where(UsesOurFolder).ToArray() is { Length: > 0 } others)
        {
            await Task.WhenAll(others.Select(static other => other.WaitForExitAsync().OrHang()));
        }
    }

    private bool UsesOurFolder(Process process)
    {
        try { return File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(_folder, StringComparison.Ordinal); }
        catch (IOException) { return false; }
    }

    private string[] Command => ["podman", "--root", Path.Combine(_folder, "root"), "--runroot", Path.Combine(_folder, "run"), "--storage-driver", "vfs", "--runtime", "runc"];

    private static string Program(string name)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", name, configuration));
    }
}
