using System.Collections;
using System.Runtime.InteropServices;

namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Starts a program in a session of its own, with clean signal dispositions and one pipe for all its output.</summary>
/// <remarks>
/// Not <see cref="System.Diagnostics.Process"/>: it leaves SIGPIPE ignored in the child, cannot open a session, and reports a death by
/// signal as an exit code. The session keeps a Ctrl+C on our terminal from the program (the tool decides who is signalled), and makes what
/// the program leaves behind findable. SIGINT and SIGQUIT are reset too: a shell starts background jobs with both ignored, and the program
/// would inherit that and never see <c>--signal INT</c>.
/// </remarks>
internal static unsafe class Spawner
{
    private static readonly int[] _resetSignals =
    [
        Signals.Hup, Signals.Int, Signals.Quit, Signals.Usr1, Signals.Usr2, Signals.Pipe, Signals.Term, Signals.Winch, Signals.Pwr, Signals.RtMinPlus3,
    ];

    /// <summary>Returns the process id; the caller MUST wait for it. <paramref name="outputDescriptor"/> is standard output and error.</summary>
    public static int Start(ProgramStart start, int outputDescriptor)
    {
        nint actions = Allocate(Libc.SpawnFileActionsSize), attributes = Allocate(Libc.SpawnAttributesSize);
        nint[] arguments = ToNative(start.Command);
        nint[] environment = ToNative(Merge(start.Environment));
        try
        {
            Prepare(actions, attributes, outputDescriptor);
            fixed (nint* argv = arguments, envp = environment)
            {
                int error = Libc.SpawnPath(out int pid, start.Command[0], actions, attributes, (nint)argv, (nint)envp);
                return error == 0 ? pid : throw CannotStart(start.Command[0], error);
            }
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
            _ = Libc.AttributesDestroy(attributes);
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
            Array.ForEach(arguments, Marshal.FreeCoTaskMem);
            Array.ForEach(environment, Marshal.FreeCoTaskMem);
        }
    }

    private static void Prepare(nint actions, nint attributes, int outputDescriptor)
    {
        _ = Libc.FileActionsInit(actions);
        _ = Libc.FileActionsOpen(actions, 0, "/dev/null", Libc.OpenReadOnly, 0);
        _ = Libc.FileActionsDuplicate(actions, outputDescriptor, 1);
        _ = Libc.FileActionsDuplicate(actions, outputDescriptor, 2);

        nint signals = Allocate(Libc.SignalSetSize);
        _ = Libc.AttributesInit(attributes);
        _ = Libc.SignalSetClear(signals);
        _ = Libc.AttributesSetSignalMask(attributes, signals);
        foreach (int signal in _resetSignals) { _ = Libc.SignalSetAdd(signals, signal); }
        _ = Libc.AttributesSetSignalDefaults(attributes, signals);
        _ = Libc.AttributesSetFlags(attributes, Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask | Libc.SpawnSetSession);
        Marshal.FreeHGlobal(signals);
    }

    private static QuiesceException CannotStart(string command, int error) => new(ExitCodes.Program, error switch
    {
        Libc.NoSuchFile => $"The command '{command}' does not exist. Check its spelling, or give its full path.",
        Libc.PermissionDenied => $"The command '{command}' is not executable. Make it so (chmod +x), or name the interpreter first.",
        Libc.NotExecutableFormat => $"The command '{command}' is no program. If it is a script, name its interpreter first: -- sh {command}",
        _ => $"The command '{command}' could not be started: {Marshal.GetPInvokeErrorMessage(error)}. Try it by hand in the same shell.",
    });

    private static IEnumerable<string> Merge(IReadOnlyDictionary<string, string> additions)
    {
        foreach (DictionaryEntry own in Environment.GetEnvironmentVariables())
        {
            if (!additions.ContainsKey((string)own.Key)) { yield return $"{own.Key}={own.Value}"; }
        }

        foreach ((string name, string value) in additions) { yield return $"{name}={value}"; }
    }

    private static nint[] ToNative(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    private static nint Allocate(int size)
    {
        nint memory = Marshal.AllocHGlobal(size);
        new Span<byte>((void*)memory, size).Clear();
        return memory;
    }
}
