using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>What a package manager shows, and an application gets.</summary>
[Trait("Size", "Full")]
public sealed class PackageTests(PackageFeed feed)
{
    public static TheoryData<string> Libraries { get; } =
        ["Quiesce", "Quiesce.Hosting", "Quiesce.AspNetCore", "Quiesce.PostgreSql", "Quiesce.OpenTelemetry", "Quiesce.RabbitMQ", "Quiesce.Serilog", "Quiesce.Testing"];

    // .NET, OpenTelemetry, RabbitMQ.Client, Serilog and its asynchronous sink.
    private static readonly string[] _lowest = ["10.0.0", "1.15.3", "7.1.2", "4.1.0", "2.1.0"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Library_IsPacked_HasReadmeDocumentationAndSymbols(string id)
    {
        // Act
        string[] files = await FilesAsync($"{id}.{feed.Version}.nupkg");
        string[] symbols = await FilesAsync($"{id}.{feed.Version}.snupkg");

        // Assert
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains($"lib/net10.0/{id}.pdb", symbols);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    [InlineData("Quiesce.Cli")]
    public async Task Package_SaysWhatItIsAndAsksForNoPatch(string id)
    {
        // Act
        await using ZipArchive package = await OpenAsync($"{id}.{feed.Version}.nupkg");
        await using Stream stream = await package.GetEntry($"{id}.nuspec")!.OpenAsync(TestContext.Current.CancellationToken);
        XElement metadata = (await XDocument.LoadAsync(stream, LoadOptions.None, TestContext.Current.CancellationToken)).Root!.Elements().Single(
            static element => element.Name.LocalName == "metadata");
        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        // Assert
        Assert.Equal(("MIT", "README.md", "icon.png"), (Text("license"), Text("readme"), Text("icon")));
        Assert.NotEqual("Package Description", Text("description"));
        Assert.All(
            metadata.Descendants().Where(static element => element.Name.LocalName == "dependency"),
            dependency => Assert.Contains(
                dependency.Attribute("version")!.Value,
                dependency.Attribute("id")!.Value.StartsWith("Quiesce", StringComparison.Ordinal) ? [$"[{feed.Version}]"] : _lowest)); // ours use each other's internals
    }

    /// <summary>Or the way out would be compiled while it is walked.</summary>
    [Theory]
    [InlineData("Quiesce")]
    [InlineData("Quiesce.Hosting")]
    [InlineData("Quiesce.AspNetCore")]
    public async Task Library_OnLinuxX64_IsCompiledAheadFromTheSameCode(string id)
    {
        // Act
        (Guid portable, bool isPortableNative) = await ModuleAsync(id, $"lib/net10.0/{id}.dll");
        (Guid ahead, bool isAheadNative) = await ModuleAsync(id, $"runtimes/linux-x64/lib/net10.0/{id}.dll");
        (Guid musl, bool isMuslNative) = await ModuleAsync(id, $"runtimes/linux-musl-x64/lib/net10.0/{id}.dll");

        // Assert: one module, so that one file of symbols fits all; musl, where it was not run, falls back to linux-x64 unless it has its own
        Assert.Equal((portable, portable), (ahead, musl));
        Assert.Equal((false, true, false), (isPortableNative, isAheadNative, isMuslNative));
    }

    /// <summary>The analyzers' warnings are errors everywhere; that they run at all is each library's own setting.</summary>
    [Fact]
    public void Libraries_AreAnalyzedForTrimmingAndAheadOfTime()
    {
        string[] projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        string[] libraries = [.. projects.Where(static project => !File.ReadAllText(project).Contains("<OutputType>Exe", StringComparison.Ordinal))];

        Assert.NotEmpty(libraries);
        Assert.All(libraries, static library => Assert.Contains("<IsAotCompatible>true", File.ReadAllText(library), StringComparison.Ordinal));
    }

    private async Task<(Guid Id, bool IsNative)> ModuleAsync(string id, string file)
    {
        await using ZipArchive package = await OpenAsync($"{id}.{feed.Version}.nupkg");
        await using Stream stream = await package.GetEntry(file)!.OpenAsync(TestContext.Current.CancellationToken);
        var image = new MemoryStream();
        await stream.CopyToAsync(image, TestContext.Current.CancellationToken);
        image.Position = 0;
        using var reader = new PEReader(image);
        MetadataReader metadata = reader.GetMetadataReader();
        return (metadata.GetGuid(metadata.GetModuleDefinition().Mvid), reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    private async Task<string[]> FilesAsync(string file)
    {
        await using ZipArchive package = await OpenAsync(file);
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }

    private Task<ZipArchive> OpenAsync(string file) =>
        ZipFile.OpenReadAsync(Path.Combine(feed.Folder, file), TestContext.Current.CancellationToken);
}
