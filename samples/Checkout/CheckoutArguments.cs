using Checkout.Shutdown;

namespace Checkout;

/// <summary>What the command line of the service says.</summary>
/// <param name="Data">The folder for orders, logs and the lock.</param>
/// <param name="Shutdown">How to leave.</param>
/// <param name="NeverEnding">Whether to offer <c>GET /export</c>, a request that never ends.</param>
/// <param name="ForHost">What ASP.NET Core reads itself, such as <c>--urls</c>.</param>
internal sealed record CheckoutArguments(string Data, IShutdownStyle Shutdown, bool NeverEnding, string[] ForHost)
{
    private const string Usage =
        "Use: checkout --data DIR [--shutdown stock|delay|quiesce] [--never-ending] [--urls URL], " +
        "or: checkout ledger orders|audit|confirmations --data DIR.";

    // contentRoot and applicationName are what a test host (WebApplicationFactory) passes.
    private static readonly string[] _forHost = ["--urls", "--environment", "--contentRoot", "--applicationName"];

    /// <exception cref="UsageException">Something is missing, unknown or twice.</exception>
    public static CheckoutArguments Parse(IEnumerable<string> arguments)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Queue<string> words = new(arguments);
        while (words.TryDequeue(out string? word))
        {
            (string name, string value) = Option(word, words);
            if (!values.TryAdd(name, value)) { throw new UsageException($"'{name}' is there twice. {Usage}"); }
        }

        return new CheckoutArguments(
            values.GetValueOrDefault("--data") ?? throw new UsageException($"'--data' is missing. {Usage}"),
            ShutdownStyles.Find(values.GetValueOrDefault("--shutdown", ShutdownStyles.Default)),
            values.ContainsKey("--never-ending"),
            [.. _forHost.Where(values.ContainsKey).Select(name => $"{name}={values[name]}")]);
    }

    /// <summary>Reads <c>--name value</c>, <c>--name=value</c> or <c>--never-ending</c>.</summary>
    private static (string Name, string Value) Option(string word, Queue<string> rest)
    {
        if (word == "--never-ending") { return (word, ""); }

        string[] parts = word.Split('=', 2);
        string name = parts[0];
        if (name is not ("--data" or "--shutdown") && !_forHost.Contains(name))
        {
            throw new UsageException($"'{word}' is unknown. {Usage}");
        }

        string? value = parts.Length == 2 ? parts[1] : rest.TryDequeue(out string? next) ? next : null;
        return string.IsNullOrEmpty(value) || value.StartsWith("--", StringComparison.Ordinal)
            ? throw new UsageException($"'{name}' has no value. {Usage}")
            : (name, value);
    }
}
