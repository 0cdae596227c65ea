using Quiesce.Cli.Rehearse.Output;

namespace Quiesce.Cli.Tests.EndToEnd;

[Trait("Size", "Full")]
public sealed class RehearsalTests
{
    // A lag long enough that a SIGKILL surely loses something: else the baseline, rightly, withholds the verdict.
    private static readonly string[] _kube = ["--balancer", "kube", "--endpoint-lag", "0.3..0.5"];
    private static readonly string[] _none = ["--balancer", "none"];
    private static readonly string[] _once = ["--deployments", "1", "--no-baselines", "--steady", "0.6"];

    [Fact]
    public async Task A_server_that_leaves_well_passes_behind_kube()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(_kube, "leave=well");

        Assert.True(tool.ExitCode == ExitCodes.Pass, tool.Out + tool.Error);
        Assert.Equal("pass", report.Verdict.Outcome);
        Assert.Equal(0, report.Requests.Failures);
        Assert.All(report.Deployments, static stop => Assert.InRange(stop.SecondsToExit, 1, 20));
        Assert.Equal(2, report.Deployments.Count);
        Assert.Contains("Verdict: PASS", tool.Out);
    }

    [Fact]
    public async Task A_server_that_drops_everything_at_the_signal_fails_and_each_loss_is_attributed()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(_none, "leave=rudely");

        Assert.Equal(ExitCodes.Fail, tool.ExitCode);
        Assert.Equal(report.Requests.Failures, report.Losses.Count);
        Assert.True(report.Requests.Refused > 0, tool.Out);
        Assert.All(report.Losses, static loss => Assert.NotEqual("noStop", loss.SentPhase));
        Assert.All(report.Losses, static loss => Assert.InRange(loss.Deployment, 1, 2));
    }

    [Fact]
    public async Task A_server_that_ignores_the_signal_is_killed_at_the_grace_and_fails()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync([.. _kube, "--grace", "1"], "leave=never");

        Assert.Equal(ExitCodes.Fail, tool.ExitCode);
        Assert.All(report.Deployments, static stop => Assert.True(stop.Killed));
        Assert.All(report.Deployments, static stop => Assert.InRange(stop.SecondsToExit, 1, 10));
        Assert.Equal("SIGKILL", report.Deployments[0].ExitSignal);
        Assert.Contains("was still there after the grace of 1 s and was killed", tool.Out);
    }

    [Fact]
    public async Task An_exit_code_that_was_not_accepted_fails_a_rehearsal_without_a_loss()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(_kube, "leave=well", "exit=80");

        Assert.Equal(ExitCodes.Fail, tool.ExitCode);
        Assert.Equal(80, report.Deployments[0].ExitCode);
        Assert.Contains("left with exit code 80", tool.Out);
    }

    [Fact]
    public async Task A_server_that_fails_without_any_stop_gets_no_verdict()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync([.. _kube, "--request", "POST /orders"], "posts=500", "leave=well");

        Assert.Equal(ExitCodes.NoVerdict, tool.ExitCode);
        Assert.Equal("notGiven", report.Verdict.Outcome);
        Assert.Empty(report.Deployments);
        Assert.Contains("failed without any stop", tool.Out);
    }

    [Fact]
    public async Task Without_a_request_the_first_health_path_that_answers_is_used_and_readiness_may_be_a_line()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync(
            [.. _none, "--no-baselines", "--deployments", "1", "--ready", "line:listening"], "only=/healthz", "leave=rudely");

        Assert.Equal("GET /healthz", Assert.Single(report.Settings.Templates).Name);
        Assert.Contains("No --request was given, so every request is GET /healthz.", tool.Error);
        Assert.DoesNotContain(report.Notes, static note => note.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_baselines_there_is_no_verdict()
    {
        (Tool tool, ReportDocument report) = await Tool.RehearseAsync([.. _kube, "--no-baselines"], "leave=well");

        Assert.Equal(ExitCodes.NoVerdict, tool.ExitCode);
        Assert.Equal("notGiven", report.Verdict.Outcome);
        Assert.Null(report.Baselines);
        Assert.Equal(2, report.Deployments.Count);
    }

    [Fact]
    public async Task A_server_that_takes_its_port_from_PORT_is_ready_once_it_can_be_connected_to()
    {
        // Whatever it is asked, it answers 502, because what it needs is not there: only a connection can tell.
        string[] server = [.. Tool.SmallServerCommand("leave=well", "needs=1").Except(["port={port}"])];

        Tool tool = await Tool.RunAsync(["rehearse", .. _kube, .. _once, "--request", "GET /", "--ready", "tcp", "--", .. server]);

        Assert.True(tool.ExitCode != ExitCodes.Program, tool.Error);
        Assert.Contains("Verdict", tool.Out);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/healthy", true)]
    [InlineData("http://127.0.0.1:1/healthy", false, "--ready-timeout", "6")]
    public async Task A_server_is_ready_once_a_URL_is_answered_wherever_it_points(string url, bool isReady, params string[] limit)
    {
        Tool tool = await Tool.RunAsync(["rehearse", .. _kube, .. _once, .. limit, "--ready", url, "--", .. Tool.SmallServerCommand("leave=well")]);

        Assert.True(tool.ExitCode == (isReady ? ExitCodes.NoVerdict : ExitCodes.Program), tool.Error);
        Assert.Equal(!isReady, tool.Error.Contains($"but GET {url} ", StringComparison.Ordinal));
    }
}
