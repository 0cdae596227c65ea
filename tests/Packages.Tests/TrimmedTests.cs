namespace Packages.Tests;

/// <summary>The packages in a service that ships as one file, without what it does not call.</summary>
[Trait("Size", "Full")]
public sealed class TrimmedTests(PackageFeed feed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task TrimmedSingleFile_Sigterm_LeavesWithItsReport()
    {
        // Arrange: a warning of the trimmer is an error here
        await using ChildProcess service = await NewService.StartAsync(
            _folder.Path, Project(), Program, "dotnet publish --configuration Release --output out", _folder[Path.Combine("out", "Service")]);

        // Act
        service.Send(ShutdownSignal.Terminate);
        int exitCode = await service.ExitAsync(TimeSpan.FromSeconds(30));

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Contains("Shut down in", service.Output.All, StringComparison.Ordinal);
        Assert.Contains("released the ledger", service.Output.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private const string Program = """
        using Quiesce;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddGracefulShutdown();
        builder.Services.AddShutdownHook("ledger", ShutdownPhase.Release, static (_, _) => Console.Out.WriteLineAsync("released the ledger"));
        var app = builder.Build();
        app.MapShutdownHealth();
        app.Run(static context => context.Response.WriteAsync("hello"));
        return await app.RunGracefullyAsync();
        """;

    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningsNotAsErrors>NU1900</WarningsNotAsErrors>
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
            <SelfContained>true</SelfContained>
            <PublishTrimmed>true</PublishTrimmed>
            <PublishSingleFile>true</PublishSingleFile>
            <InvariantGlobalization>true</InvariantGlobalization>
            <RestoreAdditionalProjectSources>{feed.Folder}</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Quiesce.AspNetCore" Version="{feed.Version}" />
            <!-- Kestrel's own: trimmed, X509Certificate2Collection loses a method that its loader asks for, with or without us. -->
            <TrimmerRootAssembly Include="System.Security.Cryptography" />
          </ItemGroup>
        </Project>
        """;
}
