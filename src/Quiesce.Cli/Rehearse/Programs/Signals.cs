namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Signal numbers on Linux, and their names.</summary>
internal static class Signals
{
    public const int Hup = 1;
    public const int Int = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Usr1 = 10;
    public const int Usr2 = 12;
    public const int Pipe = 13;
    public const int Term = 15;
    public const int Winch = 28;
    public const int Pwr = 30;

    /// <summary>SIGRTMIN+3: 34 for programs, because the C libraries keep the first real-time signals to themselves.</summary>
    public const int RtMinPlus3 = 37;

    private static readonly Dictionary<int, string> _names = new()
    {
        [Hup] = "SIGHUP", [Int] = "SIGINT", [Quit] = "SIGQUIT", [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [Kill] = "SIGKILL", [Usr1] = "SIGUSR1", [11] = "SIGSEGV", [Usr2] = "SIGUSR2", [Pipe] = "SIGPIPE", [14] = "SIGALRM", [Term] = "SIGTERM",
        [24] = "SIGXCPU", [Winch] = "SIGWINCH", [Pwr] = "SIGPWR", [31] = "SIGSYS", [RtMinPlus3] = "SIGRTMIN+3",
    };

    public static string NameOf(int signal) => _names.TryGetValue(signal, out string? name) ? name : $"signal {signal}";
}
