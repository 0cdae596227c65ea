namespace Quiesce.Schedules;

/// <summary>What a schedule's pokes come to: the first one begins, a person may hurry.</summary>
internal sealed record Pokes(string Reason, double SignalAt, double SkipStopAcceptingAt, double SkipDrainAt)
{
    public static Pokes? Read(Schedule schedule)
    {
        Pokes? read = null;
        int ofPersons = 0;
        foreach (Poke poke in schedule.Pokes.OrderBy(static poke => poke.At))
        {
            bool isPerson = schedule.Terminal && poke.Signal is (ShutdownSignal.Hangup or ShutdownSignal.Interrupt);
            if (poke.Signal == ShutdownSignal.Hangup && !schedule.Terminal) { continue; }

            ofPersons += isPerson ? 1 : 0;
            if (read is null) { read = new Pokes(poke.Name, poke.At, double.PositiveInfinity, double.PositiveInfinity); }
            else if (isPerson)
            {
                // Whatever began it: a person who asks does not want to wait for the announce, one who asks again not for the drain.
                read = read with { SkipStopAcceptingAt = Math.Min(read.SkipStopAcceptingAt, poke.At) };
                if (ofPersons == 2) { read = read with { SkipDrainAt = poke.At }; }
            }
        }

        return read;
    }
}
