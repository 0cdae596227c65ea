using Checkout.Shutdown.Clients;
using Npgsql;

namespace Checkout.Postgres;

internal static class PostgresRegistration
{
    /// <summary>What PostgreSQL is told who connects, so that sessions that are left behind can be found.</summary>
    public const string ApplicationName = "checkout";

    /// <summary>Adds PostgreSQL: the connection pool, the schema, and transactions as this way to leave runs them.</summary>
    /// <exception cref="UsageException">Where it is, is missing or unreadable.</exception>
    public static void AddPostgres(this WebApplicationBuilder builder, IClients clients)
    {
        builder.Services.AddSingleton(PostgresSettings.Read(builder.Configuration, ApplicationName));
        builder.Services.AddSingleton(static services =>
            NpgsqlDataSource.Create(services.GetRequiredService<NpgsqlConnectionStringBuilder>()));
        builder.Services.AddHostedService<PostgresSchema>();
        clients.AddTransactions(builder.Services);
    }
}
