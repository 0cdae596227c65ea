namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>A private folder for everything a proxy writes: its configuration, its socket, its temporary files. Readable by us alone.</summary>
internal sealed class ProxyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quiesce-balancer-"); // 0700 on Unix

    public string FullName => _folder.FullName;

    public string PathOf(string name) => Path.Combine(FullName, name);

    /// <summary>Writes a file whole or not at all: the proxy may read it at any moment.</summary>
    public string Write(string name, string text)
    {
        string path = PathOf(name), part = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        using (var writer = new StreamWriter(part, options)) { writer.Write(text); }
        File.Move(part, path, overwrite: true);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
