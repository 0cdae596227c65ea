using System.Net;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Faults.Clients;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>The faults of one deployment, from just before the signal until the instance has gone.</summary>
/// <remarks>
/// <para>1. <see cref="OpenAsync"/>: the clients that do not behave are connected and have sent what they send. 2. <see cref="BeforeSignalAsync"/>: half
/// of the burst is on its way. 3. <see cref="AfterSignal"/>: the second signal and the helper's end are due. 4. <see cref="EndAsync"/>: what became of each.</para>
/// <para>The clients go straight to the instance that leaves, past any balancer and without a network's delay: that they meet it is what they are
/// for. They are counted here and nowhere else; the burst is made of ordinary requests and is counted with them.</para>
/// <para>Disposing it, at whatever step, breaks off what is still going on: an interrupted rehearsal leaves no client at its fault.</para>
/// </remarks>
internal sealed class FaultScene : IAsyncDisposable
{
    // A connection on this machine takes no time, nor does the first byte of most answers. Where they do, the signal must not wait for them.
    private static readonly TimeSpan _opening = TimeSpan.FromSeconds(2);

    private readonly FaultPlan _plan;
    private readonly Instance _instance;
    private readonly TimeProvider _time;
    private readonly List<(Fault Fault, FaultClient Client)> _clients = [];
    private readonly List<Task<FaultRecord>> _timed = [];
    private readonly CancellationTokenSource _over = new();

    private FaultScene(FaultPlan plan, Instance instance, TimeProvider time)
    {
        _plan = plan;
        _instance = instance;
        _time = time;
    }

    /// <summary>When the helper was told to leave; <see langword="null"/> unless it had gone before the instance.</summary>
    /// <remarks>Not when it was seen to have gone: what needed it fails a moment earlier.</remarks>
    public long? HelperToldAt { get; private set; }

    /// <summary>Step 1.</summary>
    public static async Task<FaultScene> OpenAsync(FaultPlan plan, Instance instance, TimeProvider time, CancellationToken cancellationToken)
    {
        var scene = new FaultScene(plan, instance, time);
        try
        {
            await scene.StartClientsAsync(cancellationToken);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Step 2.</summary>
    public Task BeforeSignalAsync() => _plan.Of(FaultKind.Burst) is { } burst ? _plan.Load!.BurstAsync(burst.Count) : Task.CompletedTask;

    /// <summary>Step 3.</summary>
    public void AfterSignal(int signal)
    {
        _clients.ForEach(static pair => pair.Client.AfterSignal());
        if (_plan.Of(FaultKind.SecondSignal) is { } second) { _timed.Add(SignalAgainAsync(second, signal)); }
        if (_plan.Of(FaultKind.HelperFirst) is { } helper) { _timed.Add(EndHelperAsync(helper, signal)); }
    }

    /// <summary>Step 4. The instance has gone.</summary>
    /// <param name="signalledAt">When it was told to.</param>
    /// <param name="grace">What it had.</param>
    public async Task<IReadOnlyList<FaultRecord>> EndAsync(long signalledAt, TimeSpan grace)
    {
        FaultEnd[] ends = await Task.WhenAll(_clients.Select(static pair => pair.Client.EndAsync()));
        var records = new List<FaultRecord>();
        foreach (Fault fault in _plan.Faults)
        {
            FaultResult[] own = [.. _clients.Zip(ends).Where(pair => pair.First.Fault == fault).Select(pair => ResultOf(pair.First.Client, pair.Second, signalledAt))];
            if (own.Length > 0) { records.Add(FaultOutcomes.OfClients(fault, own, grace)); }
        }

        records.AddRange(await Task.WhenAll(_timed));
        return records;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_clients.Select(static pair => pair.Client.DisposeAsync().AsTask()));
        await ((Task)Task.WhenAll(_timed)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // EndAsync has told.
        _over.Dispose();
    }

    private async Task StartClientsAsync(CancellationToken cancellationToken)
    {
        foreach (Fault fault in _plan.Faults)
        {
            for (int number = 0; number < Math.Max(fault.Count, 1); number++)
            {
                if (CreateClient(fault, number) is { } client) { _clients.Add((fault, client)); }
            }
        }

        Task opened = Task.WhenAll(_clients.Select(static pair => pair.Client.StartAsync()));
        if (!opened.IsCompleted) { await Task.WhenAny(opened, Task.Delay(_opening, _time, cancellationToken)); }
        cancellationToken.ThrowIfCancellationRequested();
    }

    private FaultResult ResultOf(FaultClient client, FaultEnd end, long signalledAt) =>
        new(end, _time.GetElapsedTime(signalledAt, client.EndedAt)) { Status = client.Status, WasReady = client.WasReady };

    private FaultClient? CreateClient(Fault fault, int number)
    {
        IPEndPoint server = _instance.Endpoint.Address;
        string id = $"fault-{_instance.Number}-{number}";
        return fault.Kind switch
        {
            FaultKind.SlowClients when FaultRequests.WithBody(_plan.Templates, number) is { } withBody =>
                new SlowSender(FaultRequests.Render(withBody, server, id), server, _time),
            FaultKind.SlowClients => new SlowClient(FaultRequests.Render(FaultRequests.Whole(_plan.Templates)!, server, id), server, _time),
            FaultKind.HalfSent => new HalfSentClient(FaultRequests.Half(_plan.Templates, server, number, id), server, _time),
            FaultKind.NeverEnds when fault.Path is { } path => new EndlessClient(FaultRequests.Get(path, server).Bytes, sendsForEver: false, server, _time),
            FaultKind.NeverEnds => new EndlessClient(FaultRequests.WithoutEnd(_plan.Templates, server, id), sendsForEver: true, server, _time),
            _ => null,
        };
    }

    private async Task<FaultRecord> SignalAgainAsync(Fault fault, int signal)
    {
        await UntilAsync(fault.After!.Value);
        return FaultOutcomes.OfSignal(fault, sent: !_over.IsCancellationRequested && _instance.Program.Signal(signal));
    }

    private async Task<FaultRecord> EndHelperAsync(Fault fault, int signal)
    {
        ProgramProcess helper = _instance.Helper!;
        long toldAt = _time.GetTimestamp();
        if (fault.After is not { } after)
        {
            helper.Signal(signal);
            await UntilAsync(Timeout.InfiniteTimeSpan, helper.Exited);
        }
        else
        {
            await UntilAsync(after);
            toldAt = _time.GetTimestamp();
        }

        bool wasFirst = !_instance.Program.Exited.IsCompleted;
        if (wasFirst) { HelperToldAt = toldAt; }
        await helper.EndAsync();
        return FaultOutcomes.OfHelper(fault, wasFirst);
    }

    // Nor any longer than until the instance has gone, or the scene is over.
    private async Task UntilAsync(TimeSpan passed, params IEnumerable<Task> orEnded) =>
        await Task.WhenAny([Task.Delay(passed, _time, _over.Token), _instance.Program.Exited, .. orEnded]);
}
