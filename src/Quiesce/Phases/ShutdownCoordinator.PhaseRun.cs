using System.Collections.Concurrent;

namespace Quiesce;

internal sealed partial class ShutdownCoordinator
{
    /// <summary>The working phases of one shutdown. Each method returns when its phase is over, and never throws.</summary>
    private sealed partial class PhaseRun(ShutdownCoordinator owner, ShutdownReason reason, Deadline deadline, ReportBuilder report)
    {
        /// <summary>How much of the hand-back share belongs to the work itself; the rest is for the participants that wait for it.</summary>
        private const double WorkShare = 0.5;

        private readonly PhaseStep _step = new(reason, deadline);

        // By the participant itself, not its equality, which may be foreign code.
        private readonly ConcurrentDictionary<IShutdownParticipant, ConcurrentBag<StepExecution>> _leftBehind = new(ReferenceEqualityComparer.Instance);

        // Written once, by the cut, before anybody can begin after it.
        private TimeSpan _drainEnd;

        /// <summary>All participants at once. A stuck source is given up after half of the time before the cut: the
        /// other half is the drain's. Whoever announces serves at least until the others have stopped, which may take the instance out of a registry.</summary>
        public Task StopAcceptingAsync()
        {
            ILookup<bool, IShutdownParticipant> participants = owner.Participants.Snapshot().ToLookup(static participant => participant is IAnnouncer);
            TimeSpan now = deadline.Elapsed;
            Task others = StopAsync(participants[false]);
            foreach (IAnnouncer announcer in participants[true].Cast<IAnnouncer>()) { announcer.ServeUntil(others); }

            return Task.WhenAll(others, StopAsync(participants[true]));

            Task StopAsync(IEnumerable<IShutdownParticipant> sources) => Task.WhenAll(sources.Select(source => RunAsync(
                source, ShutdownPhase.StopAccepting, StepLimit.OfSource(source, now, deadline.Budget), owner._skipStopAccepting.Token)));
        }

        /// <summary>Users before what they use, as an event-driven flow: a participant starts the moment its last user has drained.</summary>
        public async Task DrainAsync()
        {
            owner.Work.Close();
            ParticipantGraph graph = ParticipantGraph.Build(owner.Participants.Snapshot());

            // Step 1: the cut is armed before anybody is told to drain: a clock that moves then must find the timer.
            // Two sources: a person who skips the drain ends the wait for the cut, but not the hand-back that follows it.
            using var over = new CancellationTokenSource();
            using var overOrSkipped = CancellationTokenSource.CreateLinkedTokenSource(over.Token, owner._skipDrain.Token);
            Task atCut = deadline.WaitUntilAsync(deadline.Budget.Cut, overOrSkipped.Token);
            owner.Cancel(owner._draining, nameof(Draining));

            // Step 2: everybody drains, up to the cut.
            using var cut = new CancellationTokenSource();
            Task drained = DrainAllAsync(graph, cut.Token);
            if (await Task.WhenAny(drained, atCut).ConfigureAwait(false) != drained)
            {
                // Step 3: what the cut caught is cancelled, awaited, handed back and named; those who wait for it drain inside the
                // hand-back share. Only our own waits listen to this source, so cancelling it runs no foreign code.
                Cut(over.Token);
                CancelNow(cut);
            }

            await drained.ConfigureAwait(false);
            CancelNow(over);
        }

        /// <summary>Stage by stage, as <see cref="ReleaseStages"/> says; inside a stage users before what they use, the others side by side.</summary>
        public async Task ReleaseAsync()
        {
            ParticipantGraph graph = ParticipantGraph.Build(owner.Participants.Snapshot());
            foreach (IReadOnlyList<ReleaseStep> stage in ReleaseStages.Of(graph, deadline.Until(deadline.Budget.End)))
            {
                await ReleaseStageAsync(graph, stage).ConfigureAwait(false);
            }
        }

        private Task DrainAllAsync(ParticipantGraph graph, CancellationToken cut)
        {
            var drains = new Task[graph.Participants.Count];

            // In release order users come first, so every task that is waited for here exists already.
            foreach (int index in graph.ReleaseOrder)
            {
                Task users = Task.WhenAll(graph.UsersOf(index).Select(user => drains[user]));
                drains[index] = DrainAfterAsync(users, graph.Participants[index], graph.IsUser(index), cut);
            }

            return Task.WhenAll(drains);
        }

        private async Task DrainAfterAsync(Task users, IShutdownParticipant participant, bool othersWait, CancellationToken cut)
        {
            await users.ConfigureAwait(false);

            // By the event, never by the clock: a timer may be a little early, and then those who begin at the cut would be
            // cancelled before they could hand anything back.
            bool afterTheCut = cut.IsCancellationRequested;
            TimeSpan? own = participant.LimitIn(ShutdownPhase.Drain);
            StepLimit limit = afterTheCut ? LimitAfterTheCut(othersWait, own) : LimitBeforeTheCut(othersWait, own);
            await RunAsync(participant, ShutdownPhase.Drain, limit, afterTheCut ? CancellationToken.None : cut).ConfigureAwait(false);
        }

        /// <summary>All time up to the cut, and then half of the hand-back share if others wait for it, all of it if none does. A limit of its
        /// own that ends earlier counts alone.</summary>
        private StepLimit LimitBeforeTheCut(bool othersWait, TimeSpan? own) => own is { } limit && deadline.Elapsed + limit <= deadline.Budget.Cut
            ? StepLimit.UpTo(deadline.Elapsed, deadline.Elapsed + limit)
            : new(deadline.Budget.Cut, deadline.Budget.HandBack, deadline.Budget.DrainEnd)
            {
                CancelledByPhase = true,
                Share = othersWait ? WorkShare : 1,
            };

        /// <summary>Half of what is left of the hand-back share if others wait for it, all of it if none does.</summary>
        private StepLimit LimitAfterTheCut(bool othersWait, TimeSpan? own)
        {
            TimeSpan now = deadline.Elapsed;
            StepLimit fair = othersWait ? StepLimit.HalfOf(now, _drainEnd) : StepLimit.UpTo(now, _drainEnd);
            return own is { } limit ? StepLimit.Within(limit, now, fair.AbandonBy) : fair;
        }

        private Task ReleaseStageAsync(ParticipantGraph graph, IReadOnlyList<ReleaseStep> stage)
        {
            // Users come first in a stage, so every task that is waited for here exists already.
            var released = new Dictionary<int, Task>(stage.Count);
            foreach (ReleaseStep step in stage)
            {
                Task users = Task.WhenAll(graph.UsersOf(step.Index).Where(released.ContainsKey).Select(user => released[user]));
                released[step.Index] = ReleaseAfterAsync(users, graph, step);
            }

            return Task.WhenAll(released.Values);
        }

        /// <summary>A stuck one takes at most half of what remains, and all of it when nobody waits behind it.</summary>
        private async Task ReleaseAfterAsync(Task users, ParticipantGraph graph, ReleaseStep step)
        {
            await users.ConfigureAwait(false);
            StepLimit limit = StepLimit.OfRelease(step, deadline.Elapsed, deadline.Budget);
            string[] stillRunning = [.. graph.UsersOf(step.Index).Select(user => graph.Participants[user]).Where(IsStillRunning).Select(static user => user.Name)];
            await RunAsync(graph.Participants[step.Index], ShutdownPhase.Release, limit, CancellationToken.None, stillRunning).ConfigureAwait(false);
        }

        /// <summary>Whether a part of it was left behind, in this phase or an earlier one, and has not ended since.</summary>
        private bool IsStillRunning(IShutdownParticipant participant) =>
            _leftBehind.TryGetValue(participant, out ConcurrentBag<StepExecution>? steps) && steps.Any(static step => !step.HasEnded);

        private void Cut(CancellationToken drainOver)
        {
            // A cut that was asked for comes early; the hand-back share begins with it, and there is only one for all.
            (TimeSpan now, TimeSpan drainEnd) = (deadline.Elapsed, deadline.Budget.DrainEnd);
            _drainEnd = now + deadline.Budget.HandBack < drainEnd ? now + deadline.Budget.HandBack : drainEnd;

            List<WorkInFlight> units = [.. owner.Snapshot().Where(unit => !unit.IsLongLived)];
            if (units.Count > 0) { Log.WorkCut(owner._logger, now.TotalSeconds, units.Count, units[0].Kind); }

            // Before the work is cancelled: a unit that ends at once must find its way back.
            HandBack(units, now, drainOver);
            owner.Abort();
        }

        /// <summary>Hands back what the cut caught: each unit when it has ended, and those that ignore their cancellation after half of
        /// the time in which they are waited for; the other half is for the callbacks.</summary>
        private void HandBack(List<WorkInFlight> units, TimeSpan now, CancellationToken drainOver)
        {
            var limit = new CancellationTokenSource(); // never disposed: a callback that was left behind may still use its token
            var handBacks = new HandBacks(limit.Token);
            report.Catch(units, handBacks);
            owner.HandBackFromNowOn(handBacks);

            TimeSpan waited = (_drainEnd - now) * WorkShare;
            _ = AtAsync(now + (waited * 0.5), () => handBacks.TakeBack(units), drainOver);
            _ = AtAsync(now + (waited * 0.9), () => owner.Cancel(limit, "hand back"), drainOver);
        }

        private async Task AtAsync(TimeSpan instant, Action act, CancellationToken over)
        {
            try { await deadline.WaitUntilAsync(instant, over).ConfigureAwait(false); }
            catch (OperationCanceledException) { return; }

            act();
        }

        private static void CancelNow(CancellationTokenSource waits) => waits.Cancel();

        private async Task RunAsync(
            IShutdownParticipant participant, ShutdownPhase phase, StepLimit limit, CancellationToken hurry, params string[] releasedBefore)
        {
            if (!participant.HasPart(phase)) { return; }

            var step = new RunningStep(participant.Name, phase, deadline.Elapsed, limit.AbandonBy)
            {
                Origin = participant.OriginIn(phase), ReleasedBefore = releasedBefore, IsProgram = participant is IPartialParticipant { IsProgram: true },
            };
            using IDisposable running = owner._running.Begin(step);
            ParticipantReport part = await _step.RunAsync(participant, step, limit, hurry).ConfigureAwait(false);
            if (part.Outcome == StepOutcome.Abandoned) { _leftBehind.GetOrAdd(participant, static _ => []).Add(step.Execution); }

            report.Add(part);
        }
    }
}
