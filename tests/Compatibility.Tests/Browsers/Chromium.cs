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
        _process.Send(ShutdownSignal.Terminate);
        await _process.ExitAsync();
        await _process.DisposeAsync();
        await DeleteProfileAsync();
    }

    /// <summary>The browser's helpers outlive it by an instant, in which they may still write there.</summary>
    private async Task DeleteProfileAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                _profile.Dispose();
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
