namespace Quiesce;

internal sealed partial class ShutdownCoordinator
{
    /// <summary>The three working phases of one shutdown. Each method returns when its phase is over, and never throws.</summary>
    private sealed class PhaseRun(ShutdownCoordinator owner, ShutdownReason reason, Deadline deadline, ReportBuilder report)
    {
        private readonly PhaseStep _step = new(reason, deadline);

        /// <summary>All participants at once. A stuck source is given up after half of the time before the cut: the
        /// other half is the drain's.</summary>
        public Task StopAcceptingAsync()
        {
            IReadOnlyList<IShutdownParticipant> participants = owner.Participants.Snapshot();
            TimeSpan now = deadline.Elapsed;

            // The announce is no stuck step: it may use all of its own share even where that is more than half.
            StepLimit half = StepLimit.HalfOf(now, deadline.Budget.Cut);
            StepLimit announce = StepLimit.UpTo(now, deadline.Budget.Cut);
            return Task.WhenAll(participants.Select(participant => RunAsync(
                participant, ShutdownPhase.StopAccepting, participant is IAnnouncer ? announce : half, owner._skipStopAccepting.Token)));
        }

        /// <summary>Users before what they use, as an event-driven flow: a participant starts the moment its last user has drained.</summary>
        public async Task DrainAsync()
        {
            owner.Work.Close();
            owner.Cancel(owner._draining, nameof(Draining));

            // Step 1: everybody drains, up to the cut.
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(owner._skipDrain.Token);
            Task drained = DrainAllAsync(ParticipantGraph.Build(owner.Participants.Snapshot()), cut.Token);
            using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(owner._skipDrain.Token);
            Task atCut = deadline.WaitUntilAsync(deadline.Budget.Cut, stopWaiting.Token);
            bool inTime = await Task.WhenAny(drained, atCut).ConfigureAwait(false) == drained;

            // Step 2: what the cut caught is cancelled, awaited and named; those who wait for it drain inside the hand-back share.
            if (!inTime)
            {
                Cut();
                await cut.CancelAsync().ConfigureAwait(false);
            }

            await drained.ConfigureAwait(false);
            await stopWaiting.CancelAsync().ConfigureAwait(false);
        }

        /// <summary>One after another. A stuck one takes at most half of what remains, the last one all of it.</summary>
        public async Task ReleaseAsync()
        {
            ParticipantGraph graph = ParticipantGraph.Build(owner.Participants.Snapshot());
            IShutdownParticipant[] parts =
                [.. graph.ReleaseOrder.Select(i => graph.Participants[i]).Where(part => HasPart(part, ShutdownPhase.Release))];
            for (int i = 0; i < parts.Length; i++)
            {
                bool isLast = i == parts.Length - 1;
                (TimeSpan now, TimeSpan end) = (deadline.Elapsed, deadline.Budget.End);
                StepLimit limit = isLast ? StepLimit.UpTo(now, end) : StepLimit.HalfOf(now, end);
                await RunAsync(parts[i], ShutdownPhase.Release, limit, CancellationToken.None).ConfigureAwait(false);
            }
        }

        private static bool HasPart(IShutdownParticipant participant, ShutdownPhase phase) =>
            participant is not HookParticipant hook || hook.Has(phase);

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
            bool afterTheCut = cut.IsCancellationRequested;
            StepLimit limit = DrainLimit(othersWait, afterTheCut);
            await RunAsync(participant, ShutdownPhase.Drain, limit, afterTheCut ? CancellationToken.None : cut).ConfigureAwait(false);
        }

        /// <summary>Before the cut a participant may use all time up to it, and then half of the hand-back share if others
        /// wait for it, all of it if none does. After the cut it gets half of what is left, or all.</summary>
        private StepLimit DrainLimit(bool othersWait, bool afterTheCut)
        {
            ShutdownBudget budget = deadline.Budget;
            TimeSpan now = deadline.Elapsed;
            TimeSpan drainEnd = budget.DrainEnd < now + budget.HandBack || !afterTheCut ? budget.DrainEnd : now + budget.HandBack;
            return (afterTheCut, othersWait) switch
            {
                (true, true) => StepLimit.HalfOf(now, drainEnd),
                (true, false) => StepLimit.UpTo(now, drainEnd),
                (false, true) => new StepLimit(budget.Cut, budget.HandBack / 2),
                (false, false) => new StepLimit(budget.Cut, budget.HandBack),
            };
        }

        private void Cut()
        {
            List<WorkInFlight> units = [.. owner.Snapshot().Where(unit => !unit.Lease.IsLongLived)];
            report.Catch(units);
            if (units.Count > 0) { Log.WorkCut(owner._logger, deadline.Elapsed.TotalSeconds, units.Count, units[0].Kind); }

            owner.Abort();
        }

        private async Task RunAsync(IShutdownParticipant participant, ShutdownPhase phase, StepLimit limit, CancellationToken hurry)
        {
            if (HasPart(participant, phase))
            {
                report.Add(await _step.RunAsync(participant, phase, limit, hurry).ConfigureAwait(false));
            }
        }
    }
}
