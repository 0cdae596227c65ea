using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Faults;

/// <summary>Faults that cannot be played with the other options. Each message names both.</summary>
internal static class FaultContradictions
{
    public static void Check(RehearseSettings settings, Mistakes mistakes)
    {
        foreach (Fault fault in settings.Faults)
        {
            if (Explain(fault, settings) is { } mistake) { mistakes.Add($"--fault {fault}{mistake}"); }
        }
    }

    private static string? Explain(Fault fault, RehearseSettings settings)
    {
        bool isMixKnown = settings.Templates.Count > 0;
        double grace = settings.Grace.TotalSeconds;
        return fault.Kind switch
        {
            FaultKind.SecondSignal when settings.Has(FaultKind.Kill) => " and kill exclude each other: after a SIGKILL nobody is there for a second signal. Leave one of them out.",
            FaultKind.SecondSignal or FaultKind.HelperFirst when fault.After >= settings.Grace =>
                $" is not shorter than --grace ({grace} s): the instance has been killed by then. Shorten it or raise the grace.",
            FaultKind.HelperFirst when settings.Helper is null => " needs a helper: say how it is started with --helper 'COMMAND'.",
            FaultKind.NeverEnds when fault.Path is null && !(isMixKnown && settings.Templates.Any(FaultRequests.HasBody)) =>
                " keeps a request's body open, and no request has one. Mark a POST in --requests FILE.http, or name what never ends: --fault never-ends=/path.",
            FaultKind.SlowClients or FaultKind.HalfSent when isMixKnown && FaultRequests.Whole(settings.Templates) is null =>
                " sends ordinary requests over HTTP/1.1, and the mix has none that can stand alone, only HTTP/2, streams or requests that ask for {known}. Add one.",
            FaultKind.Burst when isMixKnown && !settings.Templates.Any(static template => !template.IsStream && !PlannedRequest.NeedsKnown(template)) =>
                " sends ordinary requests, and the mix has none that can stand alone, only streams or requests that ask for {known}. Add one.",
            _ => null,
        };
    }
}
