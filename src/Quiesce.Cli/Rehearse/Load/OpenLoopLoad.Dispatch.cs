namespace Quiesce.Cli.Rehearse.Load;

internal sealed partial class OpenLoopLoad
{
    /// <summary>The loop of the dispatch thread. It alone touches the plan.</summary>
    private void Dispatch()
    {
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
            // Rounded up to whole milliseconds, the resolution of the wait: at most 1 ms late, and no spinning on a core that the
            // program under rehearsal needs. Bounded, because the wait takes no more than 24 days.
            _stop.Wait((int)Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));
        }

        return false;
    }

    private bool TryStartNext() => TryStart(_plan.Next());

    private bool TryStart(PlannedRequest request)
    {
        int inFlight = _journal.Begin();
        if (inFlight > _cap)
        {
            _journal.EndFailed(new LoadFailedException(
                $"{_cap} requests were in flight when {request.Id} was due, and nothing more was sent: the program answers too slowly for "
                + "this rate. Lower the rate, or the client's limit."));
            return false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = work.Load.RunAsync(work.Request), (Load: this, Request: request), preferLocal: false);
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
