using System.Globalization;
using RabbitMQ.Client;

namespace Adapters.Tests.Servers;

/// <summary>A real RabbitMQ on loopback, on ports and in a folder of its own, started once by the first test that needs it.</summary>
/// <remarks>Erlang's port mapper outlives a broker that starts one. So it gets ours, which ends with the tests.</remarks>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const int Continue = 18;
    private const int Stop = 19;
    private const int Kill = 9;
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(3); // seven seconds, unless others keep the machine busy
    private Lazy<Task<Running>> _running = new(StartAsync);

    /// <summary>Gets the port, once the broker listens.</summary>
    public async Task<int> PortAsync() => (await _running.Value).Port;

    /// <summary>Connects without a proxy.</summary>
    public async Task<IConnection> ConnectAsync() => await new ConnectionFactory { HostName = "127.0.0.1", Port = await PortAsync() }.CreateConnectionAsync();

    /// <summary>Stops the broker in its tracks: it neither answers nor goes away.</summary>
    public Task StandStillAsync() => SendAsync(Stop);

    /// <summary>Lets it go on.</summary>
    public Task GoOnAsync() => SendAsync(Continue);

    /// <summary>Ends it without a warning. Whoever needs it next gets a new one, elsewhere.</summary>
    public async Task KillAsync()
    {
        Running killed = await _running.Value;
        await SendAsync(Kill);
        _running = new(StartAsync);
        await CleanUpAsync(killed);
    }

    private async Task SendAsync(int signal)
    {
        string pid = await File.ReadAllTextAsync((await _running.Value).PidFile);
        Assert.Equal(0, NativeMethods.Kill(int.Parse(pid, CultureInfo.InvariantCulture), signal));
    }

    /// <summary>How the service under test connects.</summary>
    public static ConnectionFactory Factory(int port) => new()
    {
        HostName = "127.0.0.1", Port = port, AutomaticRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(1), // the shortest there is: a drain must outlast many of them
    };

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsValueCreated) { return; }

        Running running = await _running.Value;
        running.Broker.Send(ShutdownSignal.Terminate);
        await CleanUpAsync(running);
    }

    private static async Task CleanUpAsync(Running running)
    {
        await running.Broker.ExitAsync();
        await running.Broker.DisposeAsync();
        await running.PortMapper.DisposeAsync();
        Directory.Delete(running.Folder, recursive: true);
    }

    private static async Task<Running> StartAsync()
    {
        await DebianPackages.RequireAsync("rabbitmq-server", "rabbitmq-server");
        string folder = Directory.CreateTempSubdirectory("quiesce-rabbitmq-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[].");
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), "disk_free_limit.absolute = 1MB\n");
        await using ChildProcess own = ChildProcess.StartCommand(["chown", "-R", "rabbitmq:rabbitmq", folder], new Dictionary<string, string>());
        Assert.Equal(0, await own.ExitAsync());

        int[] ports = FreePort.Get(3);
        ChildProcess portMapper = ChildProcess.StartCommand(["epmd", "-d", "-port", $"{ports[2]}", "-address", "127.0.0.1"], new Dictionary<string, string>());
        await portMapper.Output.ContainingAsync("epmd running");
        ChildProcess broker = ChildProcess.StartCommand(
            ["setpriv", "--reuid=rabbitmq", "--regid=rabbitmq", "--init-groups", Server], Environment(folder, ports[0], ports[1], ports[2]));
        var running = new Running(broker, portMapper, ports[0], folder);
        Task<string> up = broker.Output.ContainingAsync("completed with", _startLimit);
        await Task.WhenAny(up, broker.Output.ContainingAsync("BOOT FAILED", _startLimit));
        Assert.True(up.IsCompletedSuccessfully, broker.Output.All);
        return running;
    }

    private static Dictionary<string, string> Environment(string folder, int port, int distributionPort, int portMapperPort) => new()
    {
        ["HOME"] = folder,
        ["RABBITMQ_NODENAME"] = $"quiesce{port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = $"{port}",
        ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
        ["ERL_EPMD_PORT"] = $"{portMapperPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(folder, "generated"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
        ["RABBITMQ_PID_FILE"] = Running.PidFileIn(folder),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
    };

    private sealed record Running(ChildProcess Broker, ChildProcess PortMapper, int Port, string Folder)
    {
        public string PidFile => PidFileIn(Folder);

        public static string PidFileIn(string folder) => Path.Combine(folder, "pid");
    }
}
