namespace Quiesce.TestSupport;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("quiesce-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
