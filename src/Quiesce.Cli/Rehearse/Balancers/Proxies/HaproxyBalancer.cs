using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>The real HAProxy, with a configuration of its own. It learns that an instance leaves from its health checks alone.</summary>
/// <remarks>It starts with the first instance. Thread-safe, but instances are added one at a time.</remarks>
internal sealed class HaproxyBalancer(ReadinessRule ready, string? logPath, TimeProvider time) : IBalancer
{
    public const string BalancerName = "haproxy";

    private readonly string _program = InstalledProgram.Require(BalancerName, "haproxy");
    private readonly ProxyFolder _folder = new();
    private readonly HaproxyServers _servers = new(time);
    private readonly ConcurrentDictionary<string, Endpoint> _byName = new();

    private ProxyProgram? _haproxy;

    // Written by the deployment, read by the load.
    private volatile Endpoint? _front;

    /// <inheritdoc/>
    public string Name => BalancerName;

    private HaproxyAdmin Admin => new(_folder.PathOf("admin"));

    /// <inheritdoc/>
    public Endpoint? Choose() => _front;

    /// <inheritdoc/>
    public Endpoint? Find(string server) => _byName.GetValueOrDefault(server);

    /// <inheritdoc/>
    public async Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        _haproxy ??= await StartAsync(cancellationToken);
        _byName[NameOf(endpoint)] = endpoint;
        foreach (string command in HaproxyConfiguration.Join(NameOf(endpoint), $"{endpoint.Address}"))
        {
            string said = await Admin.SayAsync(command, cancellationToken);
            if (said is not ("" or "New server registered.")) { throw _haproxy.Failure($"refused '{command}': {said}"); }
        }

        await _haproxy.OrEndAsync(_servers.When(NameOf(endpoint), isUp: true).WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Nobody tells HAProxy: it has to notice, while the instance leaves or after it is gone.</remarks>
    public async Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Task<long> down = _servers.When(NameOf(endpoint), isUp: false);
        await _haproxy!.OrEndAsync(down.WaitAsync(cancellationToken));
        return await down;
    }

    /// <inheritdoc/>
    /// <remarks>Only now: deleting it earlier would end the checks, and with them a connection that still carries an answer.</remarks>
    public async Task ForgetAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        // It may refuse to delete one with a connection that lingers. It is out of service all the same.
        foreach (string command in HaproxyConfiguration.Leave(NameOf(endpoint))) { await Admin.SayAsync(command, cancellationToken); }
    }

    public async ValueTask DisposeAsync()
    {
        if (_haproxy is not null) { await _haproxy.DisposeAsync(); }
        _folder.Dispose();
    }

    private static string NameOf(Endpoint endpoint) => string.Create(CultureInfo.InvariantCulture, $"i{endpoint.Instance}");

    private async Task<ProxyProgram> StartAsync(CancellationToken cancellationToken)
    {
        int port = FreePort.Find();
        string text = port.ToString(CultureInfo.InvariantCulture);
        string file = _folder.Write("haproxy.cfg", HaproxyConfiguration.Render(_folder.FullName, text, ready));

        // -db: in the foreground, one process, whose id is ours to end.
        var start = new ProgramStart([_program, "-db", "-f", file], new Dictionary<string, string>(), logPath);
        ProxyProgram haproxy = await ProxyProgram.StartAsync(BalancerName, start, port, _servers.Take, time, cancellationToken);
        _front = new Endpoint(0, new IPEndPoint(IPAddress.Loopback, port));
        return haproxy;
    }
}
