namespace Packages.Tests;

/// <summary>A service in a folder of its own, outside of the tree, that has nothing but the packages.</summary>
internal static class NewService
{
    /// <summary>Writes its two files, has it built, and waits until it serves.</summary>
    public static async Task<ChildProcess> StartAsync(string folder, string project, string program, string build, params string[] command)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Service.csproj"), project, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);
        await Shell.RunAsync(folder, build);
        ChildProcess service = ChildProcess.StartCommand(
            command, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["GracefulShutdown__Announce__Maximum"] = "00:00:00" });
        await service.Output.ContainingAsync("Application started");
        return service;
    }
}
