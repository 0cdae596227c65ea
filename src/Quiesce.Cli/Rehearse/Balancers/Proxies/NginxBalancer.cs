using System.Globalization;
using System.Net;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Balancers.Proxies;

/// <summary>The real nginx, and the controller that keeps its list of instances.</summary>
/// <remarks>
/// <para>nginx without a subscription has no health checks of its own. Where it fronts instances that come and go, a controller watches
/// them, writes the list anew and reloads, as ingress controllers do; it hears late that one leaves. So here: a lag after the signal the list
/// is written without the instance, and nginx gets SIGHUP (docs/decisions/0010-nginx-has-a-controller.md).</para>
/// <para>It starts with the first instance. Thread-safe.</para>
/// </remarks>
internal sealed class NginxBalancer(EndpointLag lag, bool http2, string? logPath, TimeProvider time) : IBalancer
{
    public const string BalancerName = "nginx";

    private readonly string _program = InstalledProgram.Require(BalancerName, "nginx-light");
    private readonly string? _user = Environment.IsPrivilegedProcess ? Environment.UserName : null;
    private readonly ProxyFolder _folder = new();
    private readonly NginxWorkers _workers = new(time);
    private readonly SemaphoreSlim _reloads = new(1);
    private readonly int _port = FreePort.Find();
    private readonly int? _http2Port = http2 ? FreePort.Find() : null;

    // Changed while _reloads is held; the dictionary of all that were ever there is replaced whole, so that the load may read it.
    private readonly List<Endpoint> _instances = [];
    private volatile Dictionary<string, Endpoint> _byAddress = [];
    private ProxyProgram? _nginx;

    // Written by the deployment, read by the load.
    private volatile Endpoint? _front;

    /// <inheritdoc/>
    public string Name => BalancerName;

    /// <inheritdoc/>
    public Endpoint? Choose() => _front;

    /// <inheritdoc/>
    public Endpoint? Find(string server) => _byAddress.GetValueOrDefault(server);

    /// <inheritdoc/>
    public Task AddAsync(Endpoint endpoint, CancellationToken cancellationToken) => ChangeAsync(() =>
    {
        _instances.Add(endpoint);
        _byAddress = new Dictionary<string, Endpoint>(_byAddress) { [$"{endpoint.Address}"] = endpoint };
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<long?> RemoveAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        await Task.Delay(lag.Draw(), time, cancellationToken);
        return await ChangeAsync(() => _instances.Remove(endpoint), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null) { await _nginx.DisposeAsync(); }
        _folder.Dispose();
        _reloads.Dispose();
    }

    private async Task<long> ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        await _reloads.WaitAsync(cancellationToken);
        try
        {
            change();
            string file = _folder.Write("nginx.conf", Render());
            if (_nginx is not null) { return await ReloadAsync(_nginx, cancellationToken); }
            _nginx = await StartAsync(file, cancellationToken);
            return time.GetTimestamp();
        }
        finally
        {
            _reloads.Release();
        }
    }

    // An empty list is no configuration. nginx has no instance left then, and says 502, as it does for one that nobody serves any more.
    private string Render() => NginxConfiguration.Render(
        _folder.FullName,
        _port.ToString(CultureInfo.InvariantCulture),
        _http2Port?.ToString(CultureInfo.InvariantCulture),
        _instances.Count == 0 ? ["127.0.0.1:1"] : _instances.Select(static instance => $"{instance.Address}"),
        _user);

    private async Task<ProxyProgram> StartAsync(string file, CancellationToken cancellationToken)
    {
        string[] command = [_program, "-p", _folder.FullName, "-c", file, "-e", "stderr"];
        var start = new ProgramStart(command, new Dictionary<string, string>(), logPath);
        ProxyProgram nginx = await ProxyProgram.StartAsync(BalancerName, start, _port, _workers.Take, time, cancellationToken);
        await nginx.OrEndAsync(_workers.First.WaitAsync(cancellationToken));
        _front = new Endpoint(0, new IPEndPoint(IPAddress.Loopback, _port)) { Http2Port = _http2Port };
        return nginx;
    }

    private async Task<long> ReloadAsync(ProxyProgram nginx, CancellationToken cancellationToken)
    {
        Task<long> inForce = _workers.WhenCurrentLeaves();
        nginx.Signal(Signals.Hup);
        await nginx.OrEndAsync(inForce.WaitAsync(cancellationToken));
        return await inForce;
    }
}
