using System.Diagnostics;

namespace Adversaries.Tests;

/// <summary>An adversary in a process of its own. Ended by its own id in any case.</summary>
internal sealed class AdversaryProcess : IAsyncDisposable
{
    public const int Stop = 19, Continue = 18;
    private const int Kill = 9, Terminate = 15;

    /// <summary>From the signal to SIGKILL. The program keeps 3 s of it as its margin: the watchdog is due after 5.5 s, the kernel's timer
    /// after 6.6 s.</summary>
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(7);

    private readonly (string Mode, string Adversary) _name;
    private readonly Process _process;
    private readonly TemporaryFolder _folder = new();
    private readonly Task _reading;

    /// <param name="mode">With a host, or plain.</param>
    /// <param name="adversary">Its name.</param>
    /// <param name="launch">How it comes to its surroundings.</param>
    public AdversaryProcess(string mode, string adversary, Launch? launch = null)
    {
        _name = (mode, adversary);
        launch ??= new Launch();
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "AdversaryProgram", configuration, "AdversaryProgram");
        string[] command = ["env", "--default-signal=INT,QUIT,TERM,HUP", .. launch.Through, program, mode, adversary];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path,
        };
        ReportFile = Path.Combine(_folder.Path, launch.ReportFile);
        start.Environment["QUIESCE_REPORT_FILE"] = ReportFile;
        TerminationMessageFile = Path.Combine(_folder.Path, "termination");
        File.WriteAllText(TerminationMessageFile, "");
        start.Environment["TERMINATION_MESSAGE_FILE"] = TerminationMessageFile;
        start.Environment["QUIESCE_GRACE_PERIOD"] = $"{_grace.TotalSeconds}";
        _process = Process.Start(start)!;
        Task errors = launch.ErrorsAreRead ? ReadAsync(_process.StandardError, Errors) : Task.CompletedTask;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, Output), errors);
        if (launch.ErrorsAreShut) { _process.StandardError.Close(); }
    }

    public Lines Output { get; } = new();

    public Lines Errors { get; } = new();

    public string ReportFile { get; }

    public string TerminationMessageFile { get; }

    /// <summary>Gets the process that the signals go to: the one that was started, or its child where a launcher stays between.</summary>
    public int Id { get; private set; }

    /// <summary>Waits until the trap is laid.</summary>
    public async Task ReadyAsync(bool launcherStays = false)
    {
        await Output.ContainingAsync("ready");
        Id = launcherStays ? OnlyChildOf(_process.Id) : _process.Id;
    }

    /// <summary>The same for a process that is to be signalled before it is ready.</summary>
    public void SignalsGoToItself() => Id = _process.Id;

    public void Send(int signal) => Assert.Equal(0, NativeMethods.Kill(Id, signal));

    /// <summary>Signals, and waits as an orchestrator does: SIGKILL at the end of the grace.</summary>
    public async Task<int> TerminateAsync()
    {
        long signalledAt = TimeProvider.System.GetTimestamp();
        await using ITimer kill = TimeProvider.System.CreateTimer(_ => _ = NativeMethods.Kill(Id, Kill), null, _grace, Timeout.InfiniteTimeSpan);
        _ = NativeMethods.Kill(Id, Terminate); // what has left by itself meanwhile says so with its exit code
        await _process.WaitForExitAsync().OrHang();
        RunLog.Add(_name.Mode, _name.Adversary, _process.ExitCode, TimeProvider.System.GetElapsedTime(signalledAt));
        await _reading.OrHang();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }

        await _process.WaitForExitAsync().OrHang();
        _process.Dispose();
        _folder.Dispose();
    }

    private static int OnlyChildOf(int process) =>
        int.Parse(File.ReadAllText($"/proc/{process}/task/{process}/children").Trim(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task ReadAsync(StreamReader reader, Lines lines)
    {
        while (await reader.ReadLineAsync() is { } line) { lines.Add(line); }
    }
}
