namespace Quiesce.Schedules;

/// <summary>Acts schedules out one after another and checks each.</summary>
internal sealed class Rehearsal(OneWorker worker, int count)
{
    private const int ReportEvery = 50_000;

    private readonly long _beganAt = TimeProvider.System.GetTimestamp();

    public Coverage Coverage { get; } = new();

    public int Done { get; private set; }

    /// <summary>Gets for how many the model did not know: something hung on a few milliseconds. The guarantees were checked all the same.</summary>
    public int TooClose { get; private set; }

    public bool Act(Schedule schedule)
    {
        var run = new ScheduleRun(schedule, worker);
        run.Act();
        Guarantees.Check(schedule, run.Budget, run.Trace);
        (Expected? expected, bool tooClose) = ReferenceModel.Of(schedule, run.Budget);
        if (tooClose) { TooClose++; }
        else { Comparison.Check(schedule, expected, run.Trace); }

        Coverage.Count(schedule, run.Trace);
        if (++Done % ReportEvery == 0 && Done < count) { ReportProgress(); }

        return true;
    }

    private void ReportProgress()
    {
        TimeSpan left = TimeProvider.System.GetElapsedTime(_beganAt) / Done * (count - Done);
        Console.WriteLine($"  {Done:N0} of {count:N0}, about {Math.Ceiling(left.TotalMinutes):N0} minutes left");
    }
}
