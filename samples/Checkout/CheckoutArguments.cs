using System.Globalization;
using Checkout.Shutdown;

namespace Checkout;

/// <summary>What the command line of the service says.</summary>
/// <param name="Data">The folder for orders, logs and the lock.</param>
/// <param name="Store">Where orders and payments are kept.</param>
/// <param name="Queue">How orders get to whoever takes their payments.</param>
/// <param name="Role">What this instance does.</param>
/// <param name="Shutdown">How to leave.</param>
/// <param name="NeverEnding">Whether to offer <c>GET /export</c>, a request that never ends.</param>
/// <param name="Http2Port">Where to listen for HTTP/2 without TLS as well; <see langword="null"/>: nowhere.</param>
/// <param name="ForHost">What ASP.NET Core reads itself, such as <c>--urls</c>.</param>
internal sealed record CheckoutArguments(
    string Data, StoreKind Store, QueueKind Queue, Role Role, IShutdownStyle Shutdown, bool NeverEnding, int? Http2Port, string[] ForHost)
{
    private const string Usage =
        "Use: checkout --data DIR [--store sqlite|postgres] [--queue memory|rabbitmq] [--role web|worker] " +
        "[--shutdown stock|delay|quiesce] [--never-ending] [--http2-port PORT] [--urls URL], " +
        "or: checkout ledger orders|payments|audit|confirmations --data DIR [--store sqlite|postgres], or: checkout leftovers.";

    private const string Http2PortOption = "--http2-port";

    private static readonly string[] _ours = ["--data", "--shutdown", Http2PortOption, Choices.Store.Option, Choices.Queue.Option, Choices.Role.Option];

    // contentRoot and applicationName are what a test host (WebApplicationFactory) passes.
    private static readonly string[] _forHost = ["--urls", "--environment", "--contentRoot", "--applicationName"];

    /// <exception cref="UsageException">Something is missing, unknown, twice, or does not fit the rest.</exception>
    public static CheckoutArguments Parse(IEnumerable<string> arguments)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Queue<string> words = new(arguments);
        while (words.TryDequeue(out string? word))
        {
            (string name, string value) = Option(word, words);
            if (!values.TryAdd(name, value)) { throw new UsageException($"'{name}' is there twice. {Usage}"); }
        }

        CheckoutArguments parsed = new(
            values.GetValueOrDefault("--data") ?? throw new UsageException($"'--data' is missing. {Usage}"),
            Choices.Store.Of(values.GetValueOrDefault(Choices.Store.Option)),
            Choices.Queue.Of(values.GetValueOrDefault(Choices.Queue.Option)),
            Choices.Role.Of(values.GetValueOrDefault(Choices.Role.Option)),
            ShutdownStyles.Find(values.GetValueOrDefault("--shutdown", ShutdownStyles.Default)),
            values.ContainsKey("--never-ending"),
            values.TryGetValue(Http2PortOption, out string? port) ? PortOf(port) : null,
            [.. _forHost.Where(values.ContainsKey).Select(name => $"{name}={values[name]}")]);
        return parsed.Contradiction() is { } contradiction ? throw new UsageException(contradiction) : parsed;
    }

    /// <summary>Says which two options do not fit together, if any.</summary>
    private string? Contradiction() => this switch
    {
        { Role: Role.Worker, Queue: not QueueKind.RabbitMq } =>
            "'--role worker' needs '--queue rabbitmq --store postgres': it consumes the one and writes to the other.",
        { Queue: QueueKind.RabbitMq, Store: not StoreKind.Postgres } =>
            "'--queue rabbitmq' needs '--store postgres': what is to be sent is committed there, with the order.",
        { Role: Role.Worker, Http2Port: not null } =>
            "'--http2-port' takes orders over HTTP/2, and a worker takes none. Leave one of them out.",
        { Role: Role.Worker, NeverEnding: true } =>
            "'--never-ending' adds a request, and a worker serves none. Leave one of them out.",
        _ => null,
    };

    private static int PortOf(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
        ? port
        : throw new UsageException($"'{Http2PortOption}' is '{text}', which is no port. Use a whole number from 1 to 65535.");

    /// <summary>Reads <c>--name value</c>, <c>--name=value</c> or <c>--never-ending</c>.</summary>
    private static (string Name, string Value) Option(string word, Queue<string> rest)
    {
        if (word == "--never-ending") { return (word, ""); }

        string[] parts = word.Split('=', 2);
        string name = parts[0];
        if (!_ours.Contains(name) && !_forHost.Contains(name)) { throw new UsageException($"'{word}' is unknown. {Usage}"); }

        string? value = parts.Length == 2 ? parts[1] : rest.TryDequeue(out string? next) ? next : null;
        return string.IsNullOrEmpty(value) || value.StartsWith("--", StringComparison.Ordinal)
            ? throw new UsageException($"'{name}' has no value. {Usage}")
            : (name, value);
    }
}
