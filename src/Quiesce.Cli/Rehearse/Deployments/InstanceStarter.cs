using System.Net;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Starts instances and waits until they are ready. Disposing it ends every one that is still there.</summary>
internal sealed class InstanceStarter(RehearseSettings settings, TimeProvider time) : IAsyncDisposable
{
    private readonly ReadinessProbe _probe = new(settings.Ready, time);
    private readonly Http2Probe? _http2Probe = settings.HasHttp2 ? new Http2Probe(time) : null;
    private readonly Random _moments = new(settings.Seed);

    // All written by the rehearsal only, which starts one instance at a time. What was started includes helpers, beside services, and instances
    // that were interrupted while they started; those have no number, because their successor is the next instance.
    private readonly List<ProgramProcess> _started = [];
    private int _instances;
    private int _interrupted;
    private TimeSpan _untilReady;

    /// <summary>Starts the next instance, with its helper, and returns it once it is ready.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="http2Port">Where it is to listen for HTTP/2, if it asks for such a port; <see langword="null"/> for a free one.</param>
    /// <param name="cancellationToken">Leaves the process to be ended by disposing the starter.</param>
    /// <exception cref="QuiesceException">It did not start, ended, or did not get ready in time.</exception>
    public async Task<Instance> StartAsync(int port, int? http2Port, CancellationToken cancellationToken)
    {
        int number = ++_instances;
        var places = InstancePlaces.Choose(settings, port, http2Port);
        ProgramProcess? helper = settings.Helper is null ? null : await StartHelperAsync(number, places, cancellationToken);
        long startedAt = time.GetTimestamp();
        ProgramProcess program = Launch(InstanceStart.OfProgram(settings, places, $"instance-{number}"));

        var endpoint = new Endpoint(number, new IPEndPoint(IPAddress.Loopback, port)) { Http2Port = places.Http2Port };
        await WaitUntilReadyAsync(program, endpoint, cancellationToken);
        _untilReady = time.GetElapsedTime(startedAt);
        return new Instance(endpoint, program, _untilReady, helper) { ListenedWhenReady = ListenerWatch.IsListening(port) };
    }

    /// <summary>Starts an instance of a beside service and returns it once it listens; nothing tells about one that has no port.</summary>
    /// <exception cref="QuiesceException">It did not start, ended, or did not listen in time.</exception>
    public async Task<BesideInstance> StartBesideAsync(BesideIdentity identity, CancellationToken cancellationToken)
    {
        var places = new InstancePlaces(FreePort.Find());
        ProgramProcess program = Launch(InstanceStart.OfBeside(settings, places, identity));
        if (PortPlaceholder.IsIn(identity.Command))
        {
            await WaitUntilListeningAsync(program, $"{identity}", places.Port, "It takes the port from {port} in --beside.", cancellationToken);
        }

        return new BesideInstance(identity, program);
    }

    /// <summary>Starts an instance only to tell it to leave meanwhile, if the plan says so.</summary>
    public async Task<FaultRecord[]> InterruptAsync(int port, FaultPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Of(FaultKind.EarlySignal) is not { } fault) { return []; }
        int number = ++_interrupted;
        var places = InstancePlaces.Choose(settings, port);
        ProgramProcess? helper = settings.Helper is null ? null : await StartHelperAsync(number, places, cancellationToken);
        ProgramProcess program = Launch(InstanceStart.OfProgram(settings, places, $"interrupted-{number}"));
        FaultRecord record = await new InterruptedStart(fault, settings, time).RunAsync(program, _untilReady, _moments.NextDouble(), cancellationToken);
        if (helper is not null) { await helper.EndAsync(); }
        return [record];
    }

    /// <summary>What to send when nobody said it.</summary>
    public Task<RequestTemplate> FindRequestAsync(Instance instance, CancellationToken cancellationToken) =>
        DefaultRequest.FindAsync(_probe, instance.Port, cancellationToken);

    /// <summary>Ends every instance that is still there, at once. Harmless when repeated.</summary>
    public Task EndAllAsync() => Task.WhenAll(_started.Select(static program => program.EndAsync()));

    public async ValueTask DisposeAsync()
    {
        await EndAllAsync();
        _probe.Dispose();
    }

    private ProgramProcess Launch(ProgramStart start)
    {
        ProgramProcess program = ProgramProcess.Start(start, time);
        _started.Add(program);
        return program;
    }

    // A helper that has a port is there once somebody listens on it; nothing tells about one that has none.
    private async Task<ProgramProcess> StartHelperAsync(int number, InstancePlaces places, CancellationToken cancellationToken)
    {
        ProgramProcess helper = Launch(InstanceStart.OfHelper(settings, places, $"helper-{number}"));
        if (places.HelperPort is { } port)
        {
            await WaitUntilListeningAsync(helper, $"helper of instance {number}", port, "It takes the port from {helper-port} in --helper.", cancellationToken);
        }

        return helper;
    }

    private async Task WaitUntilListeningAsync(ProgramProcess program, string who, int port, string remedy, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.ReadyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task listening = new ListenerWatch(time).WaitForOpenAsync(port, either.Token);
        await Task.WhenAny(listening, program.Exited);
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (!listening.IsCompletedSuccessfully) { throw await InstanceFailures.NotListeningAsync(program, who, port, remedy, settings, time); }
    }

    private async Task WaitUntilReadyAsync(ProgramProcess program, Endpoint endpoint, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.ReadyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task ready = _probe.WaitAsync(endpoint.Address, program, either.Token);
        if (await Task.WhenAny(ready, program.Exited) == program.Exited)
        {
            await limit.CancelAsync();
            await ready.ContinueWith(static _ => { }, TaskScheduler.Default);
            throw await InstanceFailures.EndedBeforeReadyAsync(program, endpoint.Instance, time);
        }

        try
        {
            await ready;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw InstanceFailures.NeverReady(program, endpoint.Instance, endpoint.Address.Port, settings);
        }

        if (_http2Probe is not null && await _http2Probe.ExplainAsync(endpoint, either.Token, cancellationToken) is { } mistake)
        {
            throw InstanceFailures.NoHttp2(program, endpoint, mistake);
        }
    }
}
