using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

[Trait("Size", "Full")]
public sealed class FaultTests : IDisposable
{
    // One deployment, without the baselines: they are other tests' business.
    private static readonly string[] _kube = ["--balancer", "kube", "--endpoint-lag", "0.3..0.5", "--deployments", "1", "--no-baselines"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Half_sent_requests_that_hold_a_program_up_are_nobodys_loss_but_its_being_killed_is_found()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync([.. _kube, "--grace", "3", "--fault", "half-sent=3,burst=20"], "leave=well");

        FaultSection half = report.Faults[0], burst = report.Faults[1];
        Assert.True(report.Requests.Failures == 0, tool.Out);
        Assert.True(report.Deployments[0].Killed);
        Assert.Equal((3, false, "closed by the program"), (half.Played, half.Met, Assert.Single(half.Seen).What));
        Assert.Equal((20, true, "ok", 20), (burst.Played, burst.Met, Assert.Single(burst.Seen).What, burst.Seen[0].Count));
        Assert.Equal(["half-sent=3", "burst=20"], report.Settings.Faults);
        Assert.Equal("1 of 1 instances were killed at the grace", half.NotMet);
        Assert.Contains("Fault half-sent=3, played 3 ×: 3 closed by the program.", tool.Out);
    }

    // What the server wrote down, not a clock, shows that they are slow: their answers were under way at the signal, and whole only after it, or never.
    [Theory]
    [InlineData("well", "30", 256 * 1024, "whole", "answered", null)]
    [InlineData("rudely", "30", 8 * 1024 * 1024, null, "cut off in the middle of the answer", "not in 1 of 1 deployments")]
    [InlineData("never", "1", 8 * 1024 * 1024, null, "cut off in the middle of the answer", "1 of 1 instances were killed at the grace")]
    public async Task Slow_clients_are_in_the_middle_of_their_answers_at_the_signal_and_it_shows_what_became_of_them(
        string leave, string grace, int bytes, string? end, string seen, string? notMet)
    {
        string events = _folder["events"];

        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _kube, "--grace", grace, "--requests", LargeMix(), "--fault", "slow-clients=2"], $"leave={leave}", $"large={events}", $"bytes={bytes}");

        FaultSection slow = Assert.Single(report.Faults);
        Assert.True(slow.Seen is [{ Count: 2 } one] && one.What == seen, tool.Out + tool.Error);
        Assert.Equal((2, notMet is null, notMet), (slow.Played, slow.Met, slow.NotMet));
        string[] lines = File.ReadAllLines(events);
        Assert.Contains(lines, static line => line.StartsWith("told ", StringComparison.Ordinal) && line.Split(' ').Intersect(["fault-1-0", "fault-1-1"]).Count() == 2);
        Assert.Equal(end is null ? [] : [$"{end} fault-1-0 after", $"{end} fault-1-1 after"], lines.Where(static line => line.Contains(" fault-1-", StringComparison.Ordinal) && !line.StartsWith("told", StringComparison.Ordinal)).Order());
        Assert.Contains($"Fault slow-clients=2, played 2 ×: 2 {seen}.", tool.Out);
    }

    [Fact]
    public async Task A_slow_client_with_a_body_is_half_way_at_the_signal_and_is_answered()
    {
        string requests = _folder["mix.http"], events = _folder["events"];
        File.WriteAllText(requests, "# @weight 200\nGET /\n###\nPOST /large/{id}\n\n0123456789\n");

        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _kube, "--requests", requests, "--fault", "slow-clients=2"], "leave=well", $"large={events}", "bytes=10");

        FaultSection slow = Assert.Single(report.Faults);
        Assert.True(slow.Met && slow.Seen is [{ Count: 2, What: "answered" }], tool.Out + tool.Error);
        Assert.Contains("whole fault-1-1 after", File.ReadAllLines(events));
    }

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("dies", false)]
    public async Task A_second_signal_must_change_nothing(string second, bool met)
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync([.. _kube, "--fault", "second-signal,early-signal"], "leave=well", $"second={second}");

        Assert.True(report.Faults[0].Met == met, tool.Out);
        Assert.Equal(1, report.Faults[0].Played);
        Assert.Equal(met, report.Requests.Failures == 0);
        Assert.True(report.Faults[1].Met, tool.Out);
        Assert.Equal(1, report.Faults[1].Played);
    }

    [Theory]
    [InlineData("well", true)]
    [InlineData("late", false)]
    public async Task A_deployment_by_kill_is_held_against_the_ledger_alone(string keeps, bool met)
    {
        string ledger = _folder["ledger"], requests = _folder["mix.http"];
        File.WriteAllText(requests, "# @effect\nPOST /orders/{id}\n");

        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            ["--balancer", "none", "--deployments", "1", "--fault", "kill", "--requests", requests, "--ledger", $"orders={ledger}"],
            "leave=well", $"ledger={ledger}", $"keeps={keeps}");

        string[] failures = Tool.FailuresOf(report);
        Assert.True(failures.Length == (met ? 0 : 1), tool.Out + tool.Error);
        Assert.All(failures, static text => Assert.StartsWith("Ledger orders: ", text, StringComparison.Ordinal));
        Assert.True(report.Requests.Failures > 0, "A SIGKILL under load loses something.");
        Assert.All(report.Findings, static finding => Assert.Equal("killedOnPurpose", finding.Kind));
        Assert.Equal(("SIGKILL", false), (report.Deployments[0].ExitSignal, report.Deployments[0].Killed));
        Assert.Equal(met, report.Ledgers[0].AcknowledgedNotDone.Count == 0);
        Assert.Equal(met, report.Faults[0].Met);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_helper_that_has_gone_first_takes_what_needs_it_along(bool first)
    {
        string helper = $"exec '{Tool.SmallServerCommand()[0]}' {Programs.SmallServer.Name} port={{helper-port}}";

        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _kube, "--helper", helper, .. first ? ["--fault", "helper-first"] : Array.Empty<string>()], "leave=well", "needs={helper-port}");

        Assert.True(report.Requests.Failures > 0 == first, tool.Out);
        Assert.All(report.Findings, static finding => Assert.Equal("helperGone", finding.Kind));
        Assert.All(report.Faults, static fault => Assert.False(fault.Met));
    }

    private string LargeMix()
    {
        string requests = _folder["mix.http"];
        File.WriteAllText(requests, "GET /large/{id}\n###\n# @weight 200\nGET /\n");
        return requests;
    }
}
