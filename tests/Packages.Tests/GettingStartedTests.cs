namespace Packages.Tests;

/// <summary>docs/getting-started.md, its commands and changes followed by somebody who has nothing but the packages.</summary>
[Trait("Size", "Full")]
public sealed class GettingStartedTests(PackageFeed feed) : IDisposable
{
    private const string Guide = "docs/getting-started.md";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task WebService_AsThePageSays_LosesNothingAndWithoutTheChangesSomething()
    {
        // Arrange
        var page = Page.Section(Guide, "A web service");
        await Shell.RunAsync(_folder.Path, FromTheFeed(page.Commands));
        string shop = Path.Combine(_folder.Path, "Shop");
        string program = Path.Combine(shop, "Program.cs");
        string asGenerated = await File.ReadAllTextAsync(program, TestContext.Current.CancellationToken);

        // Act
        await page.ChangeAsync(program);
        string with = await Shell.RunAsync(shop, Rehearsed("See that it loses nothing", deployments: 3));
        await File.WriteAllTextAsync(program, asGenerated, TestContext.Current.CancellationToken);
        string without = await Shell.RunAsync(shop, $"{Rehearsed("See what the stock server loses", deployments: 1)} || [ $? -eq 1 ]");

        // Assert
        Assert.Contains("Verdict: PASS", with, StringComparison.Ordinal);
        Assert.Contains("Verdict: FAIL", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_AsThePageSays_FinishesWhatItHasBegun()
    {
        // Arrange
        var page = Page.Section(Guide, "A worker");
        await Shell.RunAsync(_folder.Path, FromTheFeed(page.Commands));
        string mailer = Path.Combine(_folder.Path, "Mailer");
        await page.ChangeAsync(Path.Combine(mailer, "Program.cs"), Path.Combine(mailer, "Worker.cs"));
        await Shell.RunAsync(mailer, "dotnet build --configuration Release");
        await using ChildProcess child = ChildProcess.StartCommand(
            ["env", "-C", mailer, "dotnet", "bin/Release/net10.0/Mailer.dll"], new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = "10" });
        await child.Output.ContainingAsync("Sending.");

        // Act
        child.Send(ShutdownSignal.Terminate);
        int exitCode = await child.ExitAsync(TimeSpan.FromSeconds(10));

        // Assert
        string[] said = [.. child.Output.Snapshot().Select(static line => line.Trim())];
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.Equal(said.Count(static line => line == "Sending."), said.Count(static line => line == "Sent."));
        Assert.Contains(said, static line => line.Contains("1 unit of work was in flight at the signal", StringComparison.Ordinal));
    }

    /// <summary>A section's commands, with fewer deployments than its reader has time for.</summary>
    private string Rehearsed(string section, int deployments)
    {
        string commands = Page.Section(Guide, section).Commands;
        Assert.Contains("--deployments 20 ", commands, StringComparison.Ordinal);
        return FromTheFeed(commands.Replace("--deployments 20 ", $"--deployments {deployments} ", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The page's reader has a public feed; here it is a folder, and the tool goes into one too.</summary>
    private string FromTheFeed(string commands)
    {
        string tools = Path.Combine(_folder.Path, "tools");
        string from = $"--version {feed.Version} --source '{feed.Folder}'";
        IEnumerable<string> lines = commands.TrimEnd().Split('\n').Select(line =>
            line.StartsWith("dotnet add package ", StringComparison.Ordinal) || line.StartsWith("dotnet tool install ", StringComparison.Ordinal)
                ? $"{line} {from}"
                : line);
        return $"PATH='{tools}':\"$PATH\"\n{string.Join('\n', lines)}".Replace("--global", $"--tool-path '{tools}'", StringComparison.Ordinal);
    }
}
