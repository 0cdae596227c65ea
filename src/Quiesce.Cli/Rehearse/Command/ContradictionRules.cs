using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Values that are fine alone and cannot hold together. Each message names both.</summary>
internal static class ContradictionRules
{
    public static void Check(CommandLineValues values, RehearseSettings settings, Mistakes mistakes)
    {
        CheckBalancer(values, settings, mistakes);
        CheckRequests(values, settings, mistakes);
        CheckLedgers(values, settings, mistakes);
        FaultContradictions.Check(settings, mistakes);
    }

    private static void CheckBalancer(CommandLineValues values, RehearseSettings settings, Mistakes mistakes)
    {
        bool lagGiven = values.IsGiven(RehearseOptions.EndpointLag);
        string name = Output.Names.Of(settings.Balancer);
        bool hasTable = settings.Balancer is BalancerKind.Kube or BalancerKind.Nginx;
        if (!hasTable && lagGiven)
        {
            string why = settings.Balancer == BalancerKind.None ? "without a table nothing lags" : "it learns from its health checks";
            mistakes.Add($"--endpoint-lag belongs to --balancer kube or nginx, and --balancer is {name}: {why}. Leave one of them out.");
        }

        if (settings.Balancer != BalancerKind.None && settings.Port is { } port)
        {
            mistakes.Add($"--port {port} belongs to --balancer none: {name} runs two instances at once, each on a port of its own. Leave --port out.");
        }

        if (settings.Balancer == BalancerKind.None && settings.Instances > 1)
        {
            mistakes.Add($"--instances {settings.Instances} needs a balancer, and --balancer is none: one address is one instance. Leave one of them out.");
        }

        if (settings.ShowConfig && settings.Balancer is BalancerKind.None or BalancerKind.Kube)
        {
            mistakes.Add($"--show-config shows what haproxy or nginx is told, and --balancer is {name}, which has no configuration.");
        }

        if (hasTable && lagGiven && settings.EndpointLag.Max >= settings.Grace)
        {
            mistakes.Add(
                $"--endpoint-lag ({settings.EndpointLag} s) is not shorter than --grace ({settings.Grace.TotalSeconds} s): the instance would be "
                + "killed while clients are still sent to it. Shorten the lag or raise the grace.");
        }
    }

    private static void CheckRequests(CommandLineValues values, RehearseSettings settings, Mistakes mistakes)
    {
        if (values.IsGiven(RehearseOptions.Request) && values.IsGiven(RehearseOptions.Requests))
        {
            mistakes.Add("--request and --requests both give the mix. Use one of them; the file can hold every request.");
        }

        if (settings.Templates.Count == 0) { return; }
        RequestTemplate[] known = [.. settings.Templates.Where(PlannedRequest.NeedsKnown)];
        if (known.Length > 0 && !settings.Templates.Any(static template => template.HasEffect))
        {
            mistakes.Add($"'{known[0].Name}' asks for {{known}}, the id of an acknowledged request, but no request is marked '# @effect'. Mark one.");
        }
        else if (known.Length == settings.Templates.Count)
        {
            mistakes.Add("Every request asks for {known}, so there is none to begin with. Add one that uses {id}.");
        }
    }

    private static void CheckLedgers(CommandLineValues values, RehearseSettings settings, Mistakes mistakes)
    {
        foreach (IGrouping<string, string> twice in settings.Ledgers.GroupBy(static ledger => ledger.Name, static ledger => ledger.Source)
            .Where(static group => group.Count() > 1))
        {
            mistakes.Add($"The ledger '{twice.Key}' is given {twice.Count()} times ({string.Join(", ", twice)}). Give each a name of its own.");
        }

        foreach (LedgerSource source in settings.Ledgers.Where(static source => source.IsUrl && !source.IsUsable))
        {
            mistakes.Add($"--ledger {source.Name} is '{source.Source}', which is no URL. Write it as http://127.0.0.1:9000/ids, or with {{port}} for an instance's.");
        }

        if (settings.Settle > TimeSpan.Zero && !values.IsGiven(RehearseOptions.Ledger) && !values.IsGiven(RehearseOptions.LedgerCommand))
        {
            mistakes.Add(
                $"--settle {settings.Settle.TotalSeconds} waits until the ledgers hold what was acknowledged, and there is none. "
                + "Name one with --ledger NAME=FILE, or leave --settle out.");
        }

        // A file that could not be read has its own message.
        bool isKnown = settings.Templates.Count > 0 || !values.IsGiven(RehearseOptions.Requests);
        if (settings.Ledgers.Count > 0 && isKnown && !settings.Templates.Any(static template => template.HasEffect))
        {
            mistakes.Add(
                $"The ledger '{settings.Ledgers[0].Name}' has nothing to be compared with: no request is marked '# @effect'. "
                + "Give the mix with --requests FILE.http and mark the requests whose ids the ledger holds.");
        }
    }
}
