using System.Net.Sockets;
using Npgsql;

namespace Checkout.Postgres;

/// <summary>How to reach PostgreSQL: <c>ConnectionStrings:Postgres</c>. What is said about it never quotes it, since it holds the password.</summary>
internal static class PostgresSettings
{
    private const string Name = "ConnectionStrings:Postgres";

    private const string Example =
        "for example in the environment: ConnectionStrings__Postgres='Host=127.0.0.1;Database=shop;Username=shop;Password=...'.";

    // Four instances run side by side while two are being replaced, and PostgreSQL admits 100 connections as it comes.
    private const int MostConnections = 20;

    /// <param name="configuration">Where the connection string is.</param>
    /// <param name="applicationName">What PostgreSQL is told who connects; see <c>pg_stat_activity</c>.</param>
    /// <exception cref="UsageException">It is missing or unreadable.</exception>
    public static NpgsqlConnectionStringBuilder Read(IConfiguration configuration, string applicationName)
    {
        if (configuration.GetConnectionString("Postgres") is not { Length: > 0 } text)
        {
            throw new UsageException($"'--store postgres' needs to know where PostgreSQL is: set {Name}, {Example}");
        }

        try
        {
            // Before the person's own words, which win; but the name is ours, so that what is left behind can be found.
            return new NpgsqlConnectionStringBuilder($"Maximum Pool Size={MostConnections};{text}") { ApplicationName = applicationName };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new UsageException($"{Name} is no connection string that Npgsql can read. Write it as KEYWORD=VALUE;..., {Example}");
        }
    }

    /// <summary>Whether an exception says that the server cannot be used, as opposed to a mistake of ours.</summary>
    public static bool IsUnusable(Exception error) => error is NpgsqlException or SocketException or TimeoutException;

    public static UsageException Unusable(NpgsqlConnectionStringBuilder settings, Exception error) => new(
        $"PostgreSQL at {settings.Host}:{settings.Port}, database '{settings.Database}', cannot be used: {UsageException.ReasonOf(error)}. " +
        $"Start it, or correct {Name}.");
}
