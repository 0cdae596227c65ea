using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quiesce.Tests.Fixtures;

/// <summary>A real process of the test program. Ended by its own id in any case.</summary>
internal sealed partial class ProgramUnderTest : IAsyncDisposable
{
    public const int Terminate = 15;
    public const int Interrupt = 2;
    private const int Kill = 9;
    private readonly System.Diagnostics.Process _process;
    private readonly Task<string> _errors;

    private ProgramUnderTest(System.Diagnostics.Process process, bool readErrors)
    {
        _process = process;
        _errors = readErrors ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
    }

    /// <summary>Starts the program, or a command that becomes it after it has prepared something. Standard input is a pipe, so that no terminal is attached.</summary>
    public static ProgramUnderTest Start(
        string behaviour, string grace = "3", bool readErrors = true, IReadOnlyDictionary<string, string>? environment = null,
        string[]? wrapper = null)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "ConsoleProgram", configuration, "ConsoleProgram");

        // A shell that starts its jobs in the background has them ignore SIGINT, and the tests would hand that down.
        string[] command = ["env", "--default-signal=INT,QUIT,TERM,HUP", .. wrapper ?? [], program, behaviour];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["QUIESCE_GRACE_PERIOD"] = grace;
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) { start.Environment[name] = value; }

        return new ProgramUnderTest(System.Diagnostics.Process.Start(start)!, readErrors);
    }

    public async Task WaitForLineAsync(string line)
    {
        string? read = await _process.StandardOutput.ReadLineAsync().WaitAsync(TestTimeouts.Hang);
        if (read != line) { Assert.Fail($"Expected '{line}' but read '{read}'. Standard error: {await _errors.WaitAsync(TestTimeouts.Hang)}"); }
    }

    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public void Signal(int signal) => Assert.Equal(0, Send(_process.Id, signal));

    /// <summary>Waits as an orchestrator does: SIGKILL at the end of the grace. An exit code of 137 means that it came to that.</summary>
    public async Task<(int ExitCode, string Errors)> EndWithinAsync(TimeSpan grace)
    {
        await using ITimer kill = TimeProvider.System.CreateTimer(_ => _ = Send(_process.Id, Kill), null, grace, Timeout.InfiniteTimeSpan);
        await _process.WaitForExitAsync().WaitAsync(TestTimeouts.Hang);
        return (_process.ExitCode, await _errors.WaitAsync(TestTimeouts.Hang));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(TestTimeouts.Hang);
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
