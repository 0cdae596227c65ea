using System.Reflection;
using System.Text.Json;

namespace Compatibility.Tests.Tools;

/// <summary>Tools that load a program, let it build its host, and ask it something. The tools are the real ones.</summary>
[Trait("Size", "Full")]
public sealed class DesignTimeTests : IDisposable
{
    private static readonly string _configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    // Passes only when a tool hangs: each starts a build engine or two programs, and a busy machine takes its time.
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task DotnetEf_AsksForTheDatabase_IsAnsweredAndNothingIsStarted()
    {
        // Act
        await using ChildProcess tool = ChildProcess.StartCommand(
            [
                "env", "-C", Path.Combine(Repository.Root, "tests/Programs/DesignTimeProgram"),
                "dotnet", "exec", "--roll-forward", "Major", Tool("DotnetEf"), "dbcontext", "script", "--no-build", "--configuration", Capitalized(_configuration),
            ],
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" });
        int exitCode = await tool.ExitAsync(_limit);

        // Assert
        Assert.True(exitCode == 0, tool.Output.All);
        Assert.Contains("CREATE TABLE \"Orders\"", tool.Output.All, StringComparison.Ordinal);
        Assert.DoesNotContain("Quiesce", tool.Output.All, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger released", tool.Output.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApiGenerator_AsksForTheDocument_IsAnsweredAndNothingIsStarted()
    {
        // Arrange
        string program = Path.Combine(Repository.Root, "artifacts/bin/DesignTimeProgram", _configuration, "DesignTimeProgram.dll");
        string assets = Path.Combine(Repository.Root, "artifacts/obj/DesignTimeProgram/project.assets.json");

        // Act: as the package's target calls it in a build
        await using ChildProcess tool = ChildProcess.StartCommand(
            [
                "dotnet", Tool("DotnetGetDocument"), "--assembly", program, "--file-list", Path.Combine(_folder.Path, "files"),
                "--framework", ".NETCoreApp,Version=v10.0", "--output", _folder.Path, "--project", "DesignTimeProgram", "--assets-file", assets,
            ],
            new Dictionary<string, string>());
        int exitCode = await tool.ExitAsync(_limit);

        // Assert
        Assert.True(exitCode == 0, tool.Output.All);
        string document = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "DesignTimeProgram.json"), TestContext.Current.CancellationToken);
        IEnumerable<string> paths = JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject().Select(static path => path.Name);
        Assert.Equal(["/orders/{id}"], paths);
        Assert.DoesNotContain("ledger released", tool.Output.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Tool(string name) => Path.GetFullPath(typeof(DesignTimeTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!);

    private static string Capitalized(string configuration) => char.ToUpperInvariant(configuration[0]) + configuration[1..];
}
