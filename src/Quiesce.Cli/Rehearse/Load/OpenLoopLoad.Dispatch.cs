namespace Quiesce.Cli.Rehearse.Load;

internal sealed partial class OpenLoopLoad
{
    // What is left to the kernel's timer: more than the long wait may be late, and all that a stop may have to wait.
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(3);

    /// <summary>The loop of the dispatch thread. It alone touches the plan.</summary>
    private void Dispatch()
    {
        PromptThread.Ask();
        try
        {
            while (WaitUntilDue() && TryStartNext()) { }
            CountMissed();
        }
        catch (Exception defect)
        {
            _journal.Fail(new LoadFailedException($"The schedule of the load broke: {defect.Message}", defect));
        }
        finally
        {
            _journal.Close();
        }
    }

    /// <summary>Waits for the next instant. Returns <see langword="false"/> once stopped, also when the load is behind.</summary>
    private bool WaitUntilDue()
    {
        while (!_stop.IsSet)
        {
            TimeSpan wait = _time.GetElapsedTime(_time.GetTimestamp(), _plan.DueAt);
            if (wait <= TimeSpan.Zero) { return true; }
            // A stop ends the long wait at once. It counts whole milliseconds, and at thousands of requests a second most would be late by
            // one: so the kernel's own timer waits for the rest, without spinning on a core that the program under rehearsal needs.
            if (wait > _rest) { _stop.Wait((int)Math.Min((wait - _rest).TotalMilliseconds + 1, int.MaxValue)); }
            else { PreciseWait.For(wait); }
        }

        return false;
    }

    private bool TryStartNext()
    {
        PlannedRequest request = _plan.Next();
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

    /// <summary>A load that is behind when it stops has skipped requests; they count as late, or nobody would know.</summary>
    private void CountMissed()
    {
        long now = _time.GetTimestamp();
        for (; _plan.DueAt <= now; _plan.Advance()) { _journal.Missed(_plan.DueAt, now); }
    }
}
