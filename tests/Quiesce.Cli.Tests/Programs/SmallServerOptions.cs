using System.Globalization;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>How the small server behaves.</summary>
internal sealed record SmallServerOptions
{
    /// <summary>Gets what it does on SIGTERM: leaves <c>well</c>, <c>rudely</c>, <c>never</c>, or well but for a listener that closes too <c>early</c>;
    /// <c>unhandled</c>: it dies of it.</summary>
    public string Leave { get; private init; } = "rudely";

    public int ExitCode { get; private init; }

    /// <summary>Gets the status of each answer to a POST; readiness asks with GET.</summary>
    public int PostStatus { get; private init; } = 200;

    /// <summary>Gets the file that gets the id of each POST.</summary>
    public string? Ledger { get; private init; }

    /// <summary>Gets the folder that gets a file named after the id of each POST, for a worker to do.</summary>
    public string? Spool { get; private init; }

    /// <summary>Gets how it keeps the ledger: <c>well</c>, <c>forgetful</c>, <c>twice</c>, or <c>late</c>, a while after its answer.</summary>
    public string Keeps { get; private init; } = "well";

    /// <summary>Gets the file that says what it lost on purpose after the signal; <see langword="null"/>: it loses nothing on purpose.</summary>
    public string? Lose { get; private init; }

    /// <summary>Gets the one class of what it loses; <see langword="null"/>: one of each.</summary>
    public string? Class { get; private init; }

    /// <summary>Gets the only path that is answered with 200; the others get 404. <see langword="null"/>: every path is.</summary>
    public string? Only { get; private init; }

    /// <summary>Gets what it does on a second SIGTERM: <c>nothing</c>, or it <c>dies</c>.</summary>
    public string Second { get; private init; } = "nothing";

    /// <summary>Gets the port of a helper that it asks before each answer; without it the answer is 502. <see langword="null"/>: it needs none.</summary>
    public int? Needs { get; private init; }

    /// <summary>Gets when the tool is to be interrupted: a folder, an instance and an event, or <c>told</c>, at its signal. <see langword="null"/>: never.</summary>
    public string? Interrupt { get; private init; }

    /// <summary>Gets the file that says what became of large answers; <see langword="null"/>: it has none.</summary>
    public string? Large { get; private init; }

    /// <summary>Gets the length of large answers.</summary>
    public int LargeBytes { get; private init; } = 256 * 1024;

    /// <summary>Gets after how many connections it listens elsewhere; zero: never.</summary>
    public int Moves { get; private init; }

    /// <summary>Gets after how many connections it listens nowhere; zero: never.</summary>
    public int Closes { get; private init; }

    /// <summary>Gets where it listens: on <c>PORT</c>, if nothing is said.</summary>
    public int Port { get; private init; } = int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "0", CultureInfo.InvariantCulture);

    public static SmallServerOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SmallServerOptions();
        foreach (string[] pair in args.Select(static arg => arg.Split('=', 2)))
        {
            int Number() => int.Parse(pair[1], CultureInfo.InvariantCulture);
            options = pair[0] switch
            {
                "leave" => options with { Leave = pair[1] },
                "exit" => options with { ExitCode = Number() },
                "posts" => options with { PostStatus = Number() },
                "ledger" => options with { Ledger = pair[1] },
                "spool" => options with { Spool = pair[1] },
                "keeps" => options with { Keeps = pair[1] },
                "lose" => options with { Lose = pair[1] },
                "class" => options with { Class = pair[1] },
                "only" => options with { Only = pair[1] },
                "second" => options with { Second = pair[1] },
                "needs" => options with { Needs = Number() },
                "interrupt" => options with { Interrupt = pair[1] },
                "large" => options with { Large = pair[1] },
                "bytes" => options with { LargeBytes = Number() },
                "moves" => options with { Moves = Number() },
                "closes" => options with { Closes = Number() },
                "port" => options with { Port = Number() },
                _ => throw new ArgumentException($"The small server does not know '{pair[0]}'.", nameof(args)),
            };
        }

        return options;
    }
}
