using System.Globalization;
using System.Text;
using ConsumerProgram;
using Npgsql;
using Quiesce;
using Quiesce.PostgreSql;
using Quiesce.RabbitMQ;
using RabbitMQ.Client;

// A consumer for the tests to stop and to kill. The first argument says when it acknowledges a message.
if (args is not [string acknowledged, string brokerPort, string queue, string database, string table, string free])
{
    Console.Error.WriteLine("Use: ConsumerProgram sent|begun|done|committed BROKER-PORT QUEUE DATABASE TABLE FREE. The first FREE messages are not held.");
    return 2;
}

const int Concurrency = 10, Prefetch = 40;
var holds = new Holds(int.Parse(free, CultureInfo.InvariantCulture));
_ = Task.Run(() => holds.Obey(Console.In));

return await GracefulShutdown.RunAsync(async shutdown =>
{
    var draining = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    shutdown.Draining.Register(draining.SetResult);

    PostgreSqlPool pool = shutdown.UsePostgreSql(NpgsqlDataSource.Create(database));
    var effects = new Effects(pool, table);
    var handler = new Handler(holds, acknowledged == "committed" ? effects.CommitOnceAsync : effects.WriteAsync);
    var broker = new ConnectionFactory { HostName = "127.0.0.1", Port = int.Parse(brokerPort, CultureInfo.InvariantCulture), AutomaticRecoveryEnabled = false };
    IConnection connection = await broker.CreateConnectionAsync();
    if (acknowledged is "sent" or "begun")
    {
        var consumer = new EarlyConsumer(
            connection, await connection.CreateChannelAsync(), acknowledged == "sent", id => handler.HandleAsync(id, shutdown.Aborting), pool.Name);
        shutdown.Add(consumer);
        await consumer.BeginAsync(queue, Concurrency, Prefetch);
    }
    else
    {
        await shutdown.UseRabbitMq(connection).ConsumeAsync(
            queue, (message, stop) => handler.HandleAsync(Encoding.UTF8.GetString(message.Body.Span), stop),
            new() { Concurrency = Concurrency, Prefetch = Prefetch, Uses = [pool.Name] });
    }

    Console.WriteLine("ready");
    await draining.Task;
    Console.WriteLine("draining");
});
