using System.Globalization;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>How the small server behaves.</summary>
internal sealed record SmallServerOptions
{
    /// <summary>Gets what it does on SIGTERM: <c>well</c>, <c>rudely</c> or <c>never</c>.</summary>
    public string Leave { get; private init; } = "rudely";

    public int ExitCode { get; private init; }

    /// <summary>Gets the status of each answer to a POST; readiness asks with GET.</summary>
    public int PostStatus { get; private init; } = 200;

    /// <summary>Gets the file that gets the id of each POST.</summary>
    public string? Ledger { get; private init; }

    /// <summary>Gets how it keeps the ledger: <c>well</c>, <c>forgetful</c> or <c>twice</c>.</summary>
    public string Keeps { get; private init; } = "well";

    /// <summary>Gets the file that says what it lost on purpose after the signal; <see langword="null"/>: it loses nothing on purpose.</summary>
    public string? Lose { get; private init; }

    /// <summary>Gets the only path that is answered with 200; the others get 404. <see langword="null"/>: every path is.</summary>
    public string? Only { get; private init; }

    public int Port { get; private init; }

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
                "keeps" => options with { Keeps = pair[1] },
                "lose" => options with { Lose = pair[1] },
                "only" => options with { Only = pair[1] },
                "port" => options with { Port = Number() },
                _ => throw new ArgumentException($"The small server does not know '{pair[0]}'.", nameof(args)),
            };
        }

        return options;
    }
}
