namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>Signal numbers on Linux, and their names.</summary>
internal static class Signals
{
    public const int Hup = 1;
    public const int Int = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Term = 15;

    private static readonly Dictionary<int, string> _names = new()
    {
        [Hup] = "SIGHUP", [Int] = "SIGINT", [Quit] = "SIGQUIT", [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [Kill] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [Pipe] = "SIGPIPE", [14] = "SIGALRM", [Term] = "SIGTERM",
    };

    public static string NameOf(int signal) => _names.TryGetValue(signal, out string? name) ? name : $"signal {signal}";
}
