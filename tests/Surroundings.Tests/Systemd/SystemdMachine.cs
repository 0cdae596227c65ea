using Surroundings.Tests.Containers;

namespace Surroundings.Tests.Systemd;

/// <summary>A machine with a real systemd as process 1 and the units below, in a container.</summary>
public sealed class SystemdMachine : IAsyncLifetime
{
    private const string Name = "machine";

    // Standard input is empty, so that a unit of work ends at once; a stubborn service holds the host's stop for seconds.
    private static readonly Dictionary<string, string> _units = new()
    {
        ["tests.target"] = "[Unit]\nRequires=basic.target\nAfter=basic.target\nDefaultDependencies=no\nWants=booted.service\n",
        ["booted.service"] = "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo booted > /booted'\n",
        ["calm.service"] = Service("calm", grace: 10, timeoutStop: 10),
        ["long.service"] = Service("stubborn", grace: 10, timeoutStop: 1),
        ["extended.service"] = Service("stubborn", grace: 10, timeoutStop: 1, "Environment=GracefulShutdown__Signals__ExtendServiceTimeout=true"),
        ["web.service"] = "[Service]\nType=notify\nEnvironment=DOTNET_ROOT=/dotnet DOTNET_ENVIRONMENT=Production SOCKET_ACTIVATION=1 GracefulShutdown__Announce__Maximum=00:00:00\n" +
            "ExecStart=/dotnet/dotnet /web/WebProgram.dll\nTimeoutStopSec=30\n",
        ["shop.service"] = Shop(),
        ["web.socket"] = "[Socket]\nListenStream=127.0.0.1:5080\nNoDelay=true\n",
    };

    private readonly Podman _podman = new();
    private ChildProcess? _machine;

    public async ValueTask InitializeAsync()
    {
        await _podman.InitializeAsync();
        string root = _podman.NewRoot();
        foreach ((string name, string text) in _units) { await File.WriteAllTextAsync(Path.Combine(root, "etc/systemd/system", name), text); }

        // A pipe whose reader waits until the machine itself says that it is up.
        string booted = Path.Combine(root, "booted");
        await using ChildProcess pipe = ChildProcess.StartCommand(["mkfifo", booted], new Dictionary<string, string>());
        Assert.Equal(0, await pipe.ExitAsync());
        await using ChildProcess reader = ChildProcess.StartCommand(["cat", booted], new Dictionary<string, string>());
        _machine = _podman.Run(Name, root, ["--systemd=always"], "/lib/systemd/systemd", "--unit=tests.target");
        await reader.Output.ContainingAsync("booted");
    }

    /// <summary>Runs a command on the machine.</summary>
    public async Task<string> DoAsync(params string[] command)
    {
        (_, Lines output) = await _podman.DoAsync(["exec", Name, .. command]);
        return output.All;
    }

    /// <summary>Gets a property of a unit.</summary>
    public Task<string> ShowAsync(string unit, string property) => DoAsync("systemctl", "show", "--value", "--property", property, unit);

    public async ValueTask DisposeAsync()
    {
        await _podman.DisposeAsync();
        if (_machine is not null) { await _machine.DisposeAsync(); }
    }

    /// <summary>The unit of docs/platforms.md, with a program that is here.</summary>
    private static string Shop()
    {
        string unit = Repository.Read("samples/deploy/shop.service");
        const string Program = "ExecStart=/usr/bin/dotnet /opt/shop/Shop.dll\n";
        Assert.Contains(Program, unit, StringComparison.Ordinal);
        return unit.Replace(Program, "Environment=DOTNET_ROOT=/dotnet\nExecStart=/dotnet/dotnet /app/HostProgram.dll calm\n", StringComparison.Ordinal);
    }

    private static string Service(string scenario, int grace, int timeoutStop, string more = "") =>
        $"[Service]\nType=notify\nEnvironment=DOTNET_ROOT=/dotnet QUIESCE_GRACE_PERIOD={grace}\nTimeoutStopSec={timeoutStop}\n{more}\n" +
        $"ExecStart=/dotnet/dotnet /app/HostProgram.dll {scenario}\n";
}
