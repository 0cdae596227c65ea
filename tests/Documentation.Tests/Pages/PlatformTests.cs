using System.Diagnostics;

namespace Documentation.Tests.Pages;

public sealed class PlatformTests
{
    private const string Analyzer = "/usr/bin/systemd-analyze";

    [Fact]
    public async Task SystemdUnit_OfThePage_IsAcceptedBySystemd()
    {
        Assert.SkipUnless(File.Exists(Analyzer), "systemd-analyze is not installed.");

        // Arrange: no start command of the page exists here, and systemd looks.
        using var folder = new TemporaryFolder();
        string unit = Path.Combine(folder.Path, "shop.service");
        string page = Repository.Read("docs/platforms.md");
        string text = page[page.IndexOf("[Unit]", StringComparison.Ordinal)..];
        text = text[..text.IndexOf("```", StringComparison.Ordinal)].Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal);
        await File.WriteAllTextAsync(unit, text, TestContext.Current.CancellationToken);

        // Act
        using Process verify = Process.Start(new ProcessStartInfo(Analyzer, ["verify", unit]) { RedirectStandardError = true })!;
        string complaints = await verify.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).OrHang();
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken).OrHang();

        // Assert: unknown settings are complaints, not failures.
        Assert.DoesNotContain("shop.service", complaints, StringComparison.Ordinal);
        Assert.Equal(0, verify.ExitCode);
    }
}
