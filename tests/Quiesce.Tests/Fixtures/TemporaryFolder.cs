namespace Quiesce.Tests.Fixtures;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("quiesce-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(_path).Select(static path => Path.GetFileName(path));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
