using System.Runtime.InteropServices;

namespace Packages.Tests;

/// <summary>All packages side by side in one application, as their lowest dependencies and their exact versions of each other allow.</summary>
[Trait("Size", "Full")]
public sealed class ApplicationTests(PackageFeed feed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task EveryPackage_InOneApplication_LeavesWithNothingLost()
    {
        // Arrange
        await using ChildProcess application = await NewService.StartAsync(
            _folder.Path, Project(), Program, "dotnet build --configuration Release --output out", "dotnet", _folder[Path.Combine("out", "Service.dll")]);

        // Act
        application.Send(ShutdownSignal.Terminate);
        int exitCode = await application.ExitAsync(TimeSpan.FromSeconds(30));

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        string parts = Assert.Single(application.Output.Snapshot(), static line => line.StartsWith("Parts: ", StringComparison.Ordinal));
        Assert.Contains("postgresql", parts, StringComparison.Ordinal);
        Assert.Contains("serilog", parts, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            Assert.Contains(Path.Combine("out", "runtimes", "linux-x64", "lib", "net10.0", "Quiesce.dll"), application.Output.All, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private const string Program = """
        using Npgsql;
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        using Quiesce;
        using Quiesce.RabbitMQ;
        using Quiesce.Testing;
        using Serilog;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddGracefulShutdown();
        var app = builder.Build();

        // Nobody is asked for a connection.
        var shutdown = app.Services.GetRequiredService<GracefulShutdown>();
        await using var database = NpgsqlDataSource.Create("Host=127.0.0.1");
        shutdown.UsePostgreSql(database);
        using var traces = Sdk.CreateTracerProviderBuilder().Build();
        shutdown.ShutDownOpenTelemetryLast(traces);
        shutdown.CloseSerilogLast(new LoggerConfiguration().CreateLogger());
        Console.WriteLine($"RabbitMQ: {typeof(RabbitMqConnection).GetMethod(nameof(RabbitMqConnection.ConsumeAsync))}");
        Console.WriteLine($"Loaded: {typeof(GracefulShutdown).Assembly.Location}");

        app.MapGet("/", () => "hello");
        int exitCode = await app.RunGracefullyAsync();
        ShutdownReport report = await shutdown.Completion;
        report.AssertNothingLost();
        Console.WriteLine($"Parts: {string.Join(", ", report.Participants.Select(part => part.Name))}");
        return exitCode;
        """;

    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <RestoreAdditionalProjectSources>{feed.Folder}</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            {string.Join('\n', PackageTests.Libraries.Select(static row => row.Data).Select(id => $"""<PackageReference Include="{id}" Version="{feed.Version}" />"""))}
          </ItemGroup>
        </Project>
        """;
}
