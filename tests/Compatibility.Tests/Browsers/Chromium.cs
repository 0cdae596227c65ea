namespace Compatibility.Tests.Browsers;

/// <summary>A real browser, without a window, that stays on a page until it is disposed of.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _profile;

    private Chromium(ChildProcess process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    public Lines Output => _process.Output;

    public static async Task<Chromium> OpenAsync(Uri page)
    {
        await DebianPackages.RequireAsync("chromium", "chromium");
        var profile = new TemporaryFolder();
        ChildProcess process = ChildProcess.StartCommand(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
                $"--user-data-dir={profile.Path}", page.ToString()],
            new Dictionary<string, string>());
        return new Chromium(process, profile);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _profile.Dispose();
    }
}
