using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.Output;

/// <summary>Opens a page in a real browser, without a window, and returns what the browser made of it.</summary>
internal static class Chromium
{
    private static readonly string[] _names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Installing takes a minute and happens once on a machine.
    private static readonly TimeSpan _installLimit = TimeSpan.FromMinutes(4);

    /// <summary>The document after layout. The page's own script, if any, has run.</summary>
    /// <param name="file">The page.</param>
    /// <param name="dark">Whether the reader's system is dark.</param>
    public static async Task<string> DumpAsync(string file, bool dark)
    {
        string profile = Directory.CreateTempSubdirectory("quiesce-chromium-").FullName;
        try
        {
            // Standard output alone is the document.
            string browser = await FindAsync(), dump = Path.Combine(profile, "dump.html");
            string options = $"--headless=new --no-sandbox --disable-gpu --no-first-run --disable-extensions --disable-background-networking --user-data-dir={profile} --window-size=1100,900 "
                + (dark ? "--blink-settings=preferredColorScheme=0 " : "--blink-settings=preferredColorScheme=1 ") + "--dump-dom";
            ProgramProcess program = Shell.Start($"exec {browser} {options} 'file://{file}' >'{dump}'");
            ProgramExit exit = await Shell.EndOfAsync(program);
            Assert.True(exit.Status.Code == 0, string.Join('\n', program.Output.Last(20)));
            return await File.ReadAllTextAsync(dump);
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    private static async Task<string> FindAsync()
    {
        if (_names.FirstOrDefault(File.Exists) is { } found) { return found; }
        ProgramProcess install = Shell.Start("export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get install -y --no-install-recommends chromium");
        try
        {
            ProgramExit exit = await install.Exited.WaitAsync(_installLimit);
            Assert.True(exit.Status.Code == 0, "Chromium is missing and could not be installed (apt-get install chromium, as root):\n"
                + string.Join('\n', install.Output.Last(10)));
        }
        finally
        {
            await install.EndAsync();
        }

        return _names.First(File.Exists);
    }
}
