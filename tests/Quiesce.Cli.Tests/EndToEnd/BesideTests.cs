using Quiesce.Cli.Rehearse.Output;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Programs;

namespace Quiesce.Cli.Tests.EndToEnd;

/// <summary>The small server answers, and a small worker beside it does what was promised, a while later.</summary>
[Trait("Size", "Full")]
public sealed class BesideTests : IDisposable
{
    private static readonly string _worker = $"'{Tool.SmallServerCommand()[0]}' {SmallWorker.Name}";

    // One deployment, without the baselines: they are other tests' business.
    private static readonly string[] _once = ["--deployments", "1", "--no-baselines", "--endpoint-lag", "0.3..0.5"];

    private readonly TemporaryFolder _folder = new();

    private string Ledger => _folder["ledger"];

    private string Spool => _folder["spool"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_is_deployed_with_its_front_passes_if_its_effects_may_settle()
    {
        (Tool tool, ReportDocument report) = await RehearseAsync(
            ["--endpoint-lag", "0.3..0.5", "--deployments", "2", "--settle", "10", "--beside", $"{Worker()} port={{port}}"]);

        Assert.True(Tool.FailuresOf(report).Length == 0, tool.Out + tool.Error);
        Assert.True(report.Ledgers[0].Acknowledged > 0);
        Assert.Equal(report.Ledgers[0].Acknowledged, report.Ledgers[0].Entries);
        Assert.InRange(report.SettledSeconds ?? -1, 0, 10);

        // The baseline by SIGKILL replaces one too: the first deployment's is the second instance.
        Assert.Equal([(1, 2), (2, 3)], report.Deployments.Select(static stop => (stop.Deployment, Assert.Single(stop.Beside).Instance)));
        Assert.Equal((4, 0, true), (report.FinalStop!.Beside[0].Instance, report.FinalStop.Beside[0].ExitCode, report.FinalStop.Beside[0].InsideGrace));
        Assert.Matches("1, beside +2 +0 ", tool.Out);
        Assert.Matches("last, beside +4 +0 ", tool.Out);
    }

    [Theory]
    [InlineData("kube", "exit=3", "(instance 1) left with exit code 3 (shell: 3)", "besideExit")]
    [InlineData("none", "exit=3", "(instance 1) left with exit code 3 (shell: 3)", "besideExit")]
    [InlineData("kube", "leave=never", "(instance 1) was still there after the grace of 4 s and was killed.", "besideKilled")]
    public async Task A_worker_that_does_not_leave_well_fails_is_named_and_explained(string balancer, string how, string why, string kind)
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            ["--deployments", "1", "--no-baselines", "--balancer", balancer, "--grace", "4", "--beside", $"{_worker} port={{port}} {how}"], "leave=rudely");

        string[] failures = [.. Tool.FailuresOf(report).Where(static reason => reason.Contains("beside service", StringComparison.Ordinal))];
        Assert.Equal(["Deployment 1", "The last stop"], failures.Select(static reason => reason.Split(':')[0]));
        Assert.True(failures[0].Contains(why, StringComparison.Ordinal), tool.Out);
        Assert.Equal((false, 0), (report.Deployments[0].Killed, report.Deployments[0].ShellCode));
        Assert.Equal(how == "leave=never", report.Deployments[0].Beside[0].Killed);
        FindingSection finding = Assert.Single(report.Findings, static finding => finding.Kind.StartsWith("beside", StringComparison.Ordinal));
        Assert.Equal((kind, 2), (finding.Kind, finding.Count));
        Assert.Contains($"beside service '{_worker[..20]}", finding.What);
        Assert.Contains(". 2 instances of the beside service", tool.Out);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("idle")]
    public async Task A_worker_that_loses_one_item_at_its_stop_is_found_by_the_ledger(string when)
    {
        // Busy: the old one, which leaves under load. Idle: the last one, of what the ledger had already held.
        (Tool tool, ReportDocument report) = await RehearseAsync([.. _once, "--settle", "2", "--beside", $"{Worker()} loses={when}"]);

        Assert.True(report.Requests.Failures == 0, tool.Out);
        Assert.True(report.Ledgers[0].AcknowledgedNotDone.Count == 1, tool.Out);
        Assert.Equal(when == "idle", report.SettledSeconds is not null);
        Assert.Contains(report.Verdict.Reasons, static reason => reason.StartsWith("Ledger jobs: 1 acknowledged but not done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Effects_that_somebody_outside_is_late_with_are_waited_for()
    {
        ProgramProcess outside = Shell.Start($"exec {Worker()} late=3000");
        try
        {
            (Tool tool, ReportDocument report) = await RehearseAsync([.. _once, "--settle", "20"]);

            Assert.True(report.Ledgers[0].AcknowledgedNotDone.Count == 0, tool.Out + tool.Error);
            Assert.InRange(report.SettledSeconds ?? -1, 0.5, 20);
            Assert.Contains("waiting for effects, at most 20 s, about 20 s left", tool.Error);
        }
        finally
        {
            await outside.EndAsync();
        }
    }

    [Fact]
    public async Task A_deployment_by_kill_kills_the_worker_too()
    {
        (Tool tool, ReportDocument report) = await RehearseAsync([.. _once, "--fault", "kill", "--settle", "1", "--beside", Worker()]);

        BesideSection worker = Assert.Single(report.Deployments[0].Beside);
        Assert.Equal(("SIGKILL", true, false), (worker.ExitSignal, worker.ByKill, worker.Killed));
        Assert.Equal(0, report.FinalStop!.Beside[0].ExitCode);
        Assert.True(report.Ledgers[0].AcknowledgedNotDone.Count > 0, tool.Out); // What it had in hand.
    }

    [Theory]
    [InlineData("sleep 0.1", "The beside service 'sleep 0.1' (instance 1) ended by itself (exit code 0), before anybody told it to leave.")]
    [InlineData("sleep 600 # {port}", "The beside service 'sleep 600 # {port}' (instance 1) did not listen on port ", "{port} in --beside")]
    [InlineData("exit 9 # {port}", "ended before it listened on port ", "(exit code 9)")]
    public async Task A_worker_that_does_not_run_until_it_is_told_ends_the_rehearsal_in_words(string command, params string[] texts)
    {
        Tool tool = await Tool.RunAsync(["rehearse", "--ready-timeout", "3", "--beside", command, "--", .. Tool.SmallServerCommand("leave=well")]);

        Assert.Equal(ExitCodes.Program, tool.ExitCode);
        Assert.All(texts, text => Assert.Contains(text, tool.Error));
        Assert.Empty(tool.Out);
    }

    private string Worker() => $"{_worker} spool={Spool} ledger={Ledger}";

    private Task<(Tool Tool, ReportDocument Report)> RehearseAsync(IEnumerable<string> options)
    {
        string requests = _folder["mix.http"];
        File.WriteAllText(requests, "# @effect\nPOST /jobs/{id}\n");
        Directory.CreateDirectory(Spool);
        return Tool.RehearseAsync([.. options, "--requests", requests, "--ledger", $"jobs={Ledger}"], "leave=well", $"spool={Spool}");
    }
}
