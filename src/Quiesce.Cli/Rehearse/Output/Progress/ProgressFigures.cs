using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>What the load came to so far.</summary>
internal sealed record ProgressFigures(OutcomeTally Ended, int InFlight, LoadLateness Lateness)
{
    public static ProgressFigures Of(ILoad load) => new(load.Tally, load.InFlight, load.Lateness);

    public int Failures => Ended.Total - Ended.Of(OutcomeClass.Ok);
}
