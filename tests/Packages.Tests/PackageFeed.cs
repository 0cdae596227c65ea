[assembly: AssemblyFixture(typeof(Packages.Tests.PackageFeed))]

namespace Packages.Tests;

/// <summary>The packages, as <c>eng/pack</c> makes them of what was built, in a folder that serves as a feed.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets a version that nobody has used: a package that a cache knows already would be taken from there.</summary>
    public string Version { get; } = $"0.1.0-test.{Environment.ProcessId}.{TimeProvider.System.GetTimestamp()}";

    public string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        await Shell.RunAsync(Repository.Root, $"eng/pack '{Folder}' {Version} {char.ToUpperInvariant(configuration[0])}{configuration[1..]}");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in Directory.EnumerateDirectories(cache, "quiesce*"))
        {
            string cached = Path.Combine(package, Version);
            if (Directory.Exists(cached)) { Directory.Delete(cached, recursive: true); }
        }

        return ValueTask.CompletedTask;
    }
}
