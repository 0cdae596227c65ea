using Npgsql;

namespace Adapters.Tests.Servers;

/// <summary>A real PostgreSQL on loopback, on a port and in a folder of its own, started once by the first test that needs it.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly Lazy<Task<Running>> _running = new(StartAsync);

    /// <summary>Gets the port, once the server listens.</summary>
    public async Task<int> PortAsync() => (await _running.Value).Port;

    /// <summary>Gets how to connect without a proxy.</summary>
    public async Task<string> ConnectionStringAsync() => Connection(await PortAsync()).ConnectionString;

    /// <summary>How the service under test connects.</summary>
    /// <param name="port">The server's port, or a proxy's.</param>
    public static NpgsqlConnectionStringBuilder Connection(int port) => new()
    {
        Host = "127.0.0.1", Port = port, Username = "postgres", Database = "postgres", SslMode = SslMode.Disable,
    };

    /// <summary>Stops the server at once, as a crash does: its sessions are cut, and nothing is lost that was committed. It starts again on the same port.</summary>
    public async Task RestartAsync()
    {
        Running running = await _running.Value;
        running.Server.Send(ShutdownSignal.Quit);
        await running.Server.ExitAsync();
        await running.Server.DisposeAsync();
        running.Server = await LaunchAsync(running.Folder, running.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated) { return; }

        Running running = await _running.Value;
        running.Server.Send(ShutdownSignal.Interrupt);
        await running.Server.ExitAsync();
        await running.Server.DisposeAsync();
        Directory.Delete(running.Folder, recursive: true);
    }

    private static async Task<Running> StartAsync()
    {
        await DebianPackages.RequireAsync("pg_ctlcluster", "postgresql");
        string folder = Directory.CreateTempSubdirectory("quiesce-postgresql-").FullName;
        await RunAsync("chown", "postgres:postgres", folder);
        string data = Path.Combine(folder, "data");
        await RunAsync([.. AsPostgres, Program("initdb"), "-D", data, "-A", "trust", "-N", "--no-locale", "-E", "UTF8"]);
        int port = FreePort.Get(1)[0];
        return new Running(port, folder) { Server = await LaunchAsync(folder, port) };
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsPostgres => ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"];

    private static async Task<ChildProcess> LaunchAsync(string folder, int port)
    {
        ChildProcess server = ChildProcess.StartCommand(
            [.. AsPostgres, Program("postgres"), "-D", Path.Combine(folder, "data"), "-p", $"{port}", "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
            new Dictionary<string, string>());
        await server.Output.ContainingAsync("ready to accept connections");
        return server;
    }

    private static async Task RunAsync(params string[] command)
    {
        await using ChildProcess process = ChildProcess.StartCommand(command, new Dictionary<string, string>());
        Assert.True(await process.ExitAsync() == 0, process.Output.All);
    }

    /// <summary>Debian keeps each version's programs in a folder of its own.</summary>
    private static string Program(string name) => Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", name)).Last(File.Exists);

    private sealed record Running(int Port, string Folder)
    {
        public required ChildProcess Server { get; set; }
    }
}
