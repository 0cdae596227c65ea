using System.Diagnostics;
using Quiesce;
using YamlDotNet.RepresentationModel;

namespace Documentation.Tests.Pages;

public sealed class PlatformTests
{
    [Fact]
    public void Manifests_OfThePage_GiveTheProgramTheGraceOfThePlatform()
    {
        // Arrange
        YamlNode[] manifests = YamlBlocks.Of("docs/platforms.md");

        // Act: what the platform allows, and what the program is told
        YamlNode pod = Assert.Single(manifests, static manifest => Has(manifest, "kind"))["spec"]["template"]["spec"];
        YamlNode service = Assert.Single(manifests, static manifest => Has(manifest, "services"))["services"]["shop"];
        YamlNode variable = ((YamlSequenceNode)pod["containers"][0]["env"]).Single(static one => one["name"].ToString() == GracePeriodVariable.Name);

        // Assert
        Assert.Equal(pod["terminationGracePeriodSeconds"].ToString(), variable["value"].ToString());
        Assert.Equal(service["stop_grace_period"].ToString(), service["environment"][GracePeriodVariable.Name] + "s");
        string unit = Repository.Read("samples/deploy/shop.service");
        string grace = Assert.Single(unit.Split('\n'), static line => line.StartsWith("TimeoutStopSec=", StringComparison.Ordinal))["TimeoutStopSec=".Length..];
        Assert.Contains($"\nEnvironment={GracePeriodVariable.Name}={grace}\n", unit, StringComparison.Ordinal);
    }

    /// <summary>So that what is said of the page's manifests is said of the files.</summary>
    [Fact]
    public void Manifests_AsFiles_AreThoseOfThePage()
    {
        string page = Repository.Read("docs/platforms.md");
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "samples/deploy"));

        Assert.Equal(["compose.yaml", "kubernetes.yaml", "shop.service"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Contains($"\n{File.ReadAllText(file)}```", page, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Size", "Full")] // it needs systemd
    public async Task SystemdUnit_OfThePage_IsAcceptedBySystemd()
    {
        await DebianPackages.RequireAsync("systemd-analyze", "systemd");

        // Arrange: no start command of the page exists here, and systemd looks.
        using var folder = new TemporaryFolder();
        string unit = Path.Combine(folder.Path, "shop.service");
        string page = Repository.Read("docs/platforms.md");
        string text = page[page.IndexOf("[Unit]", StringComparison.Ordinal)..];
        text = text[..text.IndexOf("```", StringComparison.Ordinal)].Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal);
        await File.WriteAllTextAsync(unit, text, TestContext.Current.CancellationToken);

        // Act
        using Process verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true })!;
        string complaints = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).OrHang();
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken).OrHang();

        // Assert: unknown settings are complaints, not failures.
        Assert.DoesNotContain("shop.service", complaints, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
    }

    private static bool Has(YamlNode manifest, string key) => ((YamlMappingNode)manifest).Children.ContainsKey(new YamlScalarNode(key));
}
