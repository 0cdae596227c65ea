using System.Globalization;
using System.Net;
using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>Starts instances and waits until they are ready. Disposing it ends every one that is still there.</summary>
internal sealed class InstanceStarter(RehearseSettings settings, TimeProvider time) : IAsyncDisposable
{
    private readonly ReadinessProbe _probe = new(settings.Ready, time);

    // Written by the rehearsal only, which starts one instance at a time.
    private readonly List<ProgramProcess> _started = [];

    /// <summary>Starts the next instance and returns it once it is ready.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="cancellationToken">Leaves the process to be ended by disposing the starter.</param>
    /// <exception cref="QuiesceException">It did not start, ended, or did not get ready in time.</exception>
    public async Task<Instance> StartAsync(int port, CancellationToken cancellationToken)
    {
        int number = _started.Count + 1;
        long startedAt = time.GetTimestamp();
        ProgramProcess program = ProgramProcess.Start(Describe(number, port), time);
        _started.Add(program);

        var address = new IPEndPoint(IPAddress.Loopback, port);
        await WaitUntilReadyAsync(program, number, address, cancellationToken);
        return new Instance(new Endpoint(number, address), program, time.GetElapsedTime(startedAt));
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

    private ProgramStart Describe(int number, int port)
    {
        string text = port.ToString(CultureInfo.InvariantCulture);
        string Fill(string value) => value.Replace("{port}", text, StringComparison.Ordinal);
        var environment = new Dictionary<string, string>
        {
            ["PORT"] = text,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{text}",
            ["QUIESCE_GRACE_PERIOD"] = settings.Grace.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        foreach ((string name, string value) in settings.Environment) { environment[name] = Fill(value); }
        string? log = settings.LogDirectory is { } directory ? Path.Combine(directory, $"instance-{number}.log") : null;
        return new ProgramStart([.. settings.Command.Select(Fill)], environment, log, settings.SignalsEveryProcess);
    }

    private async Task WaitUntilReadyAsync(ProgramProcess program, int number, IPEndPoint address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.ReadyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        Task ready = _probe.WaitAsync(address, program, either.Token);
        if (await Task.WhenAny(ready, program.Exited) == program.Exited)
        {
            await limit.CancelAsync();
            await ready.ContinueWith(static _ => { }, TaskScheduler.Default);
            throw await InstanceFailures.EndedBeforeReadyAsync(program, number, time);
        }

        try
        {
            await ready;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw InstanceFailures.NeverReady(program, number, address.Port, settings);
        }
    }
}
