using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>One started program: its signals, its end, its output.</summary>
/// <remarks>Thread-safe. Whoever starts one MUST await <see cref="EndAsync"/>, which is harmless when it has ended already.</remarks>
internal sealed class ProgramProcess
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly string _mark;
    private readonly bool _signalsEveryProcess;
    private readonly TaskCompletionSource<ProgramExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by _lock. Once reaped, the id may belong to a stranger and must not be signalled any more.
    private bool _reaped;

    private ProgramProcess(int id, string mark, bool signalsEveryProcess, TimeProvider time)
    {
        Id = id;
        _mark = mark;
        _signalsEveryProcess = signalsEveryProcess;
        _time = time;
    }

    public int Id { get; }

    public OutputTail Output { get; } = new();

    /// <summary>Gets a task that completes when the program has ended and nothing it started is left.</summary>
    public Task<ProgramExit> Exited => _exited.Task;

    /// <exception cref="QuiesceException">The command cannot be started, or the log cannot be written.</exception>
    /// <param name="onLine">Gets each line that the program writes, on the thread that reads it; must not block.</param>
    public static ProgramProcess Start(ProgramStart start, TimeProvider time, Action<string>? onLine = null)
    {
        string mark = Guid.NewGuid().ToString("N");
        var environment = new Dictionary<string, string>(start.Environment) { [ProgramFamily.MarkVariable] = mark };
        Stream? log = OpenLog(start.LogPath);
        (FileStream readEnd, SafeFileHandle writeEnd) = OpenPipe();
        try
        {
            int id = Spawner.Start(start with { Environment = environment }, (int)writeEnd.DangerousGetHandle());
            var program = new ProgramProcess(id, mark, start.SignalsEveryProcess, time);
            program.Output.Read(readEnd, log, onLine);
            new Thread(program.WaitForEnd) { IsBackground = true, Name = $"program {id}" }.Start();
            return program;
        }
        catch (QuiesceException)
        {
            readEnd.Dispose();
            log?.Dispose();
            throw;
        }
        finally
        {
            writeEnd.Dispose(); // Ours; the program has its own. While we kept it, the pipe would never end.
        }
    }

    /// <summary>Sends a signal to the program, and where the orchestrator does so to whatever it started. Returns <see langword="false"/>
    /// when it has ended.</summary>
    public bool Signal(int signal)
    {
        lock (_lock)
        {
            if (_reaped) { return false; }
            bool sent = Libc.Kill(Id, signal) == 0;
            if (_signalsEveryProcess) { ProgramFamily.Find(Id, _mark).ForEach(child => _ = Libc.Kill(child, signal)); }
            return sent;
        }
    }

    /// <summary>The ports on which the program, or anything it started, listens now.</summary>
    public IReadOnlyList<int> ListeningPorts()
    {
        lock (_lock) { return _reaped ? [] : Programs.ListeningPorts.Of([Id, .. ProgramFamily.Find(Id, _mark)]); }
    }

    /// <summary>Ends the program and everything it started, at once.</summary>
    public Task<ProgramExit> EndAsync()
    {
        lock (_lock)
        {
            if (!_reaped) { _ = Libc.Kill(Id, Signals.Kill); }
        }

        return Exited;
    }

    // A thread of its own: the only exact and immediate way to learn of the end of one child without touching anybody else's children.
    private void WaitForEnd()
    {
        // Step 1: learn of the end, and leave the zombie: while it is there, its id, which names the session, cannot be reused.
        nint siginfo = Marshal.AllocHGlobal(Libc.SiginfoSize);
        while (Libc.WaitId(Libc.WaitForPid, Id, siginfo, Libc.WaitExited | Libc.WaitNoReap) != 0
            && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }

        Marshal.FreeHGlobal(siginfo);
        long at = _time.GetTimestamp();

        // Step 2: a container ends with its first process; so does this family.
        IReadOnlyList<FamilyMember> leftBehind = ProgramFamily.End(Id, _mark);
        long goneAt = leftBehind.Count > 0 ? _time.GetTimestamp() : at;

        // Step 3: reap.
        int status;
        lock (_lock)
        {
            while (Libc.WaitPid(Id, out status, 0) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
            {
            }

            _reaped = true;
        }

        _exited.TrySetResult(new ProgramExit(ExitStatus.FromWaitStatus(status), at, leftBehind) { GoneAt = goneAt });
    }

    private static unsafe (FileStream ReadEnd, SafeFileHandle WriteEnd) OpenPipe()
    {
        int* descriptors = stackalloc int[2];
        if (Libc.Pipe(descriptors, Libc.CloseOnExec) != 0)
        {
            throw new QuiesceException(ExitCodes.Program, $"No pipe for the program's output: {Marshal.GetLastPInvokeErrorMessage()}. Raise the limit of open files (ulimit -n).");
        }

        var readEnd = new FileStream(new SafeFileHandle(descriptors[0], ownsHandle: true), FileAccess.Read, bufferSize: 0);
        return (readEnd, new SafeFileHandle(descriptors[1], ownsHandle: true));
    }

    private static FileStream? OpenLog(string? path)
    {
        try
        {
            return path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuiesceException(ExitCodes.Usage, $"--log: '{path}' cannot be written: {Sentence.Of(error)} Make room, or name another directory.");
        }
    }
}
