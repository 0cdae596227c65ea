using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load.Journal;
using Quiesce.Cli.Rehearse.Load.Schedule;
using Quiesce.Cli.Rehearse.Load.Sending;
using Quiesce.Cli.Rehearse.Wire.Networks;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Sends requests on a schedule that never waits for answers, and records what became of each.</summary>
/// <remarks>
/// <para>A load that waits for an answer before it sends again goes quiet just when the program stalls, and so hides the stall
/// (coordinated omission). Here a stall shows: requests pile up, and their latency counts from the instant they were due.</para>
/// <para>The threads of its <see cref="LoadSchedule"/> send each request themselves; no socket blocks them, and the answer is read on the thread
/// pool. What holds them up makes requests late, which <see cref="Lateness"/> shows.</para>
/// <para>A load that cannot be applied fails: more than <see cref="LoadDefaults.InFlightCap"/> requests in flight, or no local ports left,
/// end the schedule or spoil it, and <see cref="StopAsync"/> throws. Nothing is skipped silently.</para>
/// <para>Ids are unique per seed: two loads against one program need two seeds.</para>
/// </remarks>
internal sealed class OpenLoopLoad : ILoad
{
    private readonly LoadJournal _journal;
    private readonly KnownIds _known = new();
    private readonly LoadSchedule _schedule;
    private readonly BurstPlan _bursts;
    private readonly IWireNetwork _network;
    private readonly ConnectionPool _pool;
    private readonly Http2Pool _http2Pool;
    private readonly RequestSender _sender;
    private readonly int _cap;

    private OpenLoopLoad(LoadOptions options, IBalancer balancer, TimeProvider time, int cap)
    {
        _cap = cap;
        _journal = new LoadJournal(time);
        _network = options.NetworkDelay > TimeSpan.Zero ? new DelayedNetwork(options.NetworkDelay, time) : Loopback.Instance;
        _pool = new ConnectionPool(options.Seed);
        _http2Pool = new Http2Pool(options.Seed);
        _sender = new RequestSender(balancer, _network, _pool, _http2Pool, options, _journal, time);
        _schedule = new LoadSchedule(new RequestPlan(options, _known, time), _journal, time, TryStart);
        _bursts = new BurstPlan(options, time);
    }

    /// <inheritdoc/>
    public int InFlight => _journal.InFlight;

    /// <inheritdoc/>
    public IReadOnlyList<RequestRecord> Records => _journal.Records;

    /// <inheritdoc/>
    public OutcomeTally Tally => _journal.Tally;

    /// <inheritdoc/>
    public LoadLateness Lateness => _journal.Lateness;

    /// <summary>Completes, if ever, with the reason why this load proves nothing, as soon as it is known. <see cref="StopAsync"/>
    /// throws the same.</summary>
    public Task<LoadFailedException> Failed => _journal.Failed;

    /// <summary>Starts sending at once.</summary>
    /// <exception cref="ArgumentException">The options cannot be run; the message lists every reason.</exception>
    public static OpenLoopLoad Start(LoadOptions options, IBalancer balancer, TimeProvider time) =>
        Start(options, balancer, time, LoadDefaults.InFlightCap);

    /// <summary>The same, with another cap on requests in flight.</summary>
    internal static OpenLoopLoad Start(LoadOptions options, IBalancer balancer, TimeProvider time, int cap)
    {
        LoadOptionsRules.ThrowIfBroken(options);
        OpenLoopLoad load = new(options, balancer, time, cap);
        load._schedule.Start();
        return load;
    }

    /// <inheritdoc/>
    public Task BurstAsync(int count)
    {
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int missing = (count + 1) / 2;
        for (int i = 0; i < count; i++)
        {
            // Behind the end of the load nobody would wait for them; beyond its cap it has failed.
            PlannedRequest request = _bursts.Next(CountDown);
            if (!TryBegin(request)) { return Task.CompletedTask; }

            // Looked at after it was counted: either this sees the stop, or whoever stops waits for the request.
            if (_schedule.IsStopped)
            {
                _journal.Withdraw();
                return Task.CompletedTask;
            }

            // Not from here: the caller is to go on in the middle of it, and they must not inherit what it carries along.
            ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Load.RunAsync(work.Request), (Load: this, Request: request), preferLocal: false);
        }

        return half.Task;

        void CountDown()
        {
            if (Interlocked.Decrement(ref missing) == 0) { half.TrySetResult(); }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="LoadFailedException">The load could not be applied as scheduled. The records are still there to read.</exception>
    public async Task StopAsync()
    {
        _schedule.Stop();
        await _journal.Drained;
        if (Failed.IsCompletedSuccessfully) { throw await Failed; }
    }

    /// <summary>Stops, waits for what was sent, closes every connection. Throws nothing: <see cref="StopAsync"/> and
    /// <see cref="Failed"/> tell of a failure.</summary>
    public async ValueTask DisposeAsync()
    {
        _schedule.Stop();
        await _journal.Drained;
        _schedule.Dispose();
        _pool.Dispose();
        _http2Pool.Dispose();
        await _network.DisposeAsync();
    }

    private bool TryStart(PlannedRequest request)
    {
        if (!TryBegin(request)) { return false; }

        // Sent from here, and only the wait for the answer is left to the thread pool: handing each request over first would make it late by
        // one more thread that has to be woken, and by whatever the pool does meanwhile.
        _ = RunAsync(request);
        return true;
    }

    private bool TryBegin(PlannedRequest request)
    {
        int inFlight = _journal.Begin();
        if (inFlight > _cap)
        {
            _journal.EndFailed(new LoadFailedException(
                $"{_cap} requests were in flight when {request.Id} was due, and nothing more was sent: the program answers too slowly for "
                + "this rate. Lower the rate, or the client's limit."));
            return false;
        }

        return true;
    }

    // Never faults: everything ends in the journal, which StopAsync awaits.
    private async Task RunAsync(PlannedRequest request)
    {
        try
        {
            RequestRecord record = await _sender.SendAsync(request);
            _known.Observe(record);
            _journal.End(record);
        }
        catch (Exception defect)
        {
            _journal.EndFailed(new LoadFailedException($"The request {request.Id} could not be sent: {defect.Message}", defect));
        }
    }
}
