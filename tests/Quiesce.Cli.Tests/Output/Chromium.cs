using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.Output;

/// <summary>Opens a page in a real browser, without a window, and returns what the browser made of it.</summary>
internal static class Chromium
{
    /// <summary>The document after layout. The page's own script, if any, has run.</summary>
    /// <param name="file">The page.</param>
    /// <param name="dark">Whether the reader's system is dark.</param>
    public static async Task<string> DumpAsync(string file, bool dark)
    {
        await DebianPackages.RequireAsync("chromium", "chromium");
        using var profile = new TemporaryFolder();
        string dump = profile["dump.html"]; // standard output alone is the document
        string options = $"--headless=new --no-sandbox --disable-gpu --no-first-run --disable-extensions --disable-background-networking --user-data-dir={profile.Path} --window-size=1100,900 "
            + (dark ? "--blink-settings=preferredColorScheme=0 " : "--blink-settings=preferredColorScheme=1 ") + "--dump-dom";
        ProgramProcess program = Shell.Start($"exec chromium {options} 'file://{file}' >'{dump}'");
        ProgramExit exit = await Shell.EndOfAsync(program);
        Assert.True(exit.Status.Code == 0, string.Join('\n', program.Output.Last(20)));
        return await File.ReadAllTextAsync(dump);
    }
}
