using Npgsql;
using Quiesce.PostgreSql;

namespace Quiesce;

/// <summary>Adds PostgreSQL to a shutdown.</summary>
public static class GracefulShutdownPostgreSqlExtensions
{
    /// <summary>Takes a data source over: its pool stays open until everybody who uses it has drained and is released, and is then closed.</summary>
    /// <param name="shutdown">The shutdown.</param>
    /// <param name="dataSource">The data source. Nobody else should dispose of it.</param>
    /// <param name="name">Its name, for people and for <see cref="IShutdownParticipant.Uses"/>.</param>
    /// <returns>What transactions and leaders are made of.</returns>
    /// <exception cref="ShutdownConfigurationException">The name is taken.</exception>
    public static PostgreSqlPool UsePostgreSql(this GracefulShutdown shutdown, NpgsqlDataSource dataSource, string name = "postgresql")
    {
        ArgumentNullException.ThrowIfNull(shutdown);
        ArgumentNullException.ThrowIfNull(dataSource);
        var pool = new PostgreSqlPool(shutdown, dataSource, name);
        shutdown.Add(pool);
        return pool;
    }
}
