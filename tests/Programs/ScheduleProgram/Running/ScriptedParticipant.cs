namespace Quiesce.Schedules;

/// <summary>Does what its script says.</summary>
internal sealed class ScriptedParticipant(ParticipantScript script, ScheduleRun run) : IPartialParticipant
{
    public string Name => script.Name;

    public IReadOnlyCollection<string> Uses => script.Uses;

    public bool Has(ShutdownPhase phase) => script.In(phase) is not null;

    public TimeSpan? LimitOf(ShutdownPhase phase) => script.In(phase)?.Limit is { } limit ? TimeSpan.FromMilliseconds(limit) : null;

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => ActAsync(context.Phase, cancellationToken);

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => ActAsync(context.Phase, cancellationToken);

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => ActAsync(context.Phase, cancellationToken);

    // Not async up to the first wait: what blocks must hold the thread it was called on.
    private async Task ActAsync(ShutdownPhase phase, CancellationToken token)
    {
        StepScript step = script.In(phase)!;
        var trace = new StepTrace(script.Name, phase, run.Now);
        run.Trace.Steps.Add(trace);
        token.Register(() => trace.CancelledAt = run.Now);
        run.Do(step.Deed, $"{script.Name} {phase}", token);
        try
        {
            if (step.Manner == Manner.Blocks && step.Takes != 0) { run.Block(step.Takes); }
            else { await run.WaitAsync(step.Takes, step.Manner == Manner.Hears ? token : default); }
        }
        catch (OperationCanceledException)
        {
            await run.WaitAsync(step.Reacts, default);
            throw;
        }
        finally { trace.EndedAt = run.Now; }

        if (step.Throws) { throw new InvalidOperationException("a step"); }
    }
}
