using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>The real HAProxy, with a configuration of its own. It learns that an instance leaves from its health checks alone.</summary>
/// <remarks>It starts with the first instance. Thread-safe, but instances are added one at a time.</remarks>
internal sealed class HaproxyBalancer(ReadinessRule ready, bool http2, string? logPath, TimeProvider time) : IBalancer
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
        foreach ((string server, IReadOnlyList<string> join) in ServersOf(endpoint))
        {
            await JoinAsync(_haproxy, join, cancellationToken);
            await _haproxy.OrEndAsync(_servers.When(server, isUp: true).WaitAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nobody tells HAProxy: it has to notice, while the instance leaves or after it is gone.</remarks>
    public async Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Task<long[]> down = Task.WhenAll(ServersOf(endpoint).Select(server => _servers.When(server.Name, isUp: false)));
        await _haproxy!.OrEndAsync(down.WaitAsync(cancellationToken));
        return (await down).Max();
    }

    /// <inheritdoc/>
    /// <remarks>Only now: deleting it earlier would end the checks, and with them a connection that still carries an answer.</remarks>
    public async Task ForgetAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        // It may refuse to delete one with a connection that lingers. It is out of service all the same.
        foreach (string command in ServersOf(endpoint).SelectMany(static server => HaproxyConfiguration.Leave(server.Name)))
        {
            await Admin.SayAsync(command, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_haproxy is not null) { await _haproxy.DisposeAsync(); }
        _folder.Dispose();
    }

    private static string NameOf(Endpoint endpoint) => string.Create(CultureInfo.InvariantCulture, $"i{endpoint.Instance}");

    // An instance that serves both versions is two servers to HAProxy, each with its name, how it joins, its connections and its state.
    private IEnumerable<(string Name, IReadOnlyList<string> Join)> ServersOf(Endpoint endpoint)
    {
        string first = $"{HaproxyConfiguration.Backend}/{NameOf(endpoint)}", second = $"{HaproxyConfiguration.Http2Backend}/{NameOf(endpoint)}";
        yield return (first, HaproxyConfiguration.Join(first, $"{endpoint.Address}"));
        string port = endpoint.Address.Port.ToString(CultureInfo.InvariantCulture);
        if (http2) { yield return (second, HaproxyConfiguration.Join(second, $"{endpoint.Http2Address}", port)); }
    }

    private async Task JoinAsync(ProxyProgram haproxy, IReadOnlyList<string> join, CancellationToken cancellationToken)
    {
        foreach (string command in join)
        {
            string said = await Admin.SayAsync(command, cancellationToken);
            if (said is not ("" or "New server registered.")) { throw haproxy.Failure($"refused '{command}': {said}"); }
        }
    }

    private async Task<ProxyProgram> StartAsync(CancellationToken cancellationToken)
    {
        int port = FreePort.Find();
        int? http2Port = http2 ? FreePort.Find() : null;
        string file = _folder.Write("haproxy.cfg", HaproxyConfiguration.Render(
            _folder.FullName, port.ToString(CultureInfo.InvariantCulture), http2Port?.ToString(CultureInfo.InvariantCulture), ready));

        // -db: in the foreground, one process, whose id is ours to end.
        var start = new ProgramStart([_program, "-db", "-f", file], new Dictionary<string, string>(), logPath);
        ProxyProgram haproxy = await ProxyProgram.StartAsync(BalancerName, start, port, _servers.Take, time, cancellationToken);
        _front = new Endpoint(0, new IPEndPoint(IPAddress.Loopback, port)) { Http2Port = http2Port };
        return haproxy;
    }
}
