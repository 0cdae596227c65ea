using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Tests.Command;

/// <summary>Whatever is wrong with an option, the message begins with its name and says what to do instead.</summary>
public sealed class EveryOptionTests
{
    public static TheoryData<string, string[], string> Mistakes => new()
    {
        { "--orchestrator", ["nomad"], "use kubernetes or docker or systemd" },
        { "--balancer", ["envoy"], "use none or kube or haproxy or nginx" },
        { "--instances", ["0"], "use a whole number from 1 to 100" },
        { "--endpoint-lag", ["2..1"], "use seconds such as 0.2..2, the smaller one first" },
        { "--show-config", [], "has no configuration" },
        { "--deployments", ["some"], "use a whole number from 1 to 10000" },
        { "--grace", ["-1"], "use a number of seconds from 0.5 to 3600" },
        { "--signal", ["KILL"], "use TERM or INT or QUIT" },
        { "--steady", ["0"], "use a number of seconds from 0.1 to 3600" },
        { "--beside", [""], "write how the service is started" },
        { "--rate", ["fast"], "use a number of requests a second from 0.1 to 100000" },
        { "--fresh-share", ["2"], "use a number of shares from 0 to 1" },
        { "--connections", ["10001"], "use a whole number from 0 to 10000" },
        { "--network-delay", ["1s"], "use whole milliseconds from 0 to 1000, such as 20ms" },
        { "--timeout", ["0"], "use a number of seconds from 0.05 to 3600" },
        { "--request", ["GET items"], "the path must begin with a slash" },
        { "--requests", ["/no/such/mix.http"], "Name a file such as docs/rehearse.md shows" },
        { "--fault", ["rain"], "known are slow-clients" },
        { "--helper", [""], "write how it is started" },
        { "--story", ["S99"], "--story list shows them" },
        { "--ledger", ["orders"], "write NAME=FILE|URL" },
        { "--ledger-command", ["orders"], "write NAME=COMMAND" },
        { "--settle", ["601"], "use a number of seconds from 0 to 600" },
        { "--ready", ["here"], "use a path such as /readyz, a URL" },
        { "--ready-timeout", ["0"], "use a number of seconds from 0.1 to 3600" },
        { "--port", ["65536", "--balancer", "none"], "use a port from 1 to 65535" },
        { "--env", ["NAME"], "write NAME=VALUE" },
        { "--accept-exit", ["256"], "use exit codes from 0 to 255" },
        { "--log", ["/proc/no-such-process/logs"], "Name one that you may create" },
        { "--json", ["/no/such/report.json"], "Create it first" },
        { "--junit", ["/dev/stdout"], "is a device. Name a file" },
        { "--markdown", ["/tmp"], "Name a file in it" },
        { "--html", ["/sys/report.html"], "Name a file in a directory that you may write to" },
        { "--title", ["one", "--title", "another"], "Give it once" },
        { "--deployments-per-year", ["0"], "use a whole number from 1 to 1000000" },
        { "--seed", ["today"], "use a whole number from 0 to" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_Mistake_NamesTheOptionAndTheRemedy(string option, string[] value, string remedy)
    {
        string mistake = Settings.MistakeIn([option, .. value]);

        Assert.StartsWith($"{option} ", mistake, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake, StringComparison.Ordinal);
    }

    /// <summary>An option that nobody can get wrong, or nobody has tried, must not come unnoticed.</summary>
    [Fact]
    public void Mistakes_OfAllOptions_AreTried()
    {
        string[] cannotBeWrong = [RehearseOptions.NoBaselines.Name];

        Assert.Equal(
            RehearseOptions.All.Select(static spec => spec.Name).Except(cannotBeWrong).Order(),
            Mistakes.Select(static row => row.Data.Item1).Order());
    }

    [Fact]
    public void Read_TwoResultsInOneFile_NamesBoth() =>
        Assert.StartsWith("--json and --html name one file, '", Settings.MistakeIn("--json", "report", "--html", "./report"), StringComparison.Ordinal);

    [Fact]
    public void Read_ResultInTheDirectoryOfTheLogs_MayBe()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder["logs/r.json"], Settings.Read("--json", folder["logs/r.json"], "--log", folder["logs"]).JsonPath);
        Assert.Equal(["logs"], folder.Files);
        Assert.Empty(Directory.GetFileSystemEntries(folder["logs"]));
    }

    [Fact]
    public void Read_ResultInMemory_IsNoDevice()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "This machine has no such place.");

        Assert.Equal("/dev/shm/quiesce-report.json", Settings.Read("--json", "/dev/shm/quiesce-report.json").JsonPath);
    }

    [Fact]
    public void Read_ResultInThePlaceOfTheLogs_IsRefused()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("is a directory. Name a file in it.", Settings.MistakeIn("--json", folder["out"], "--log", folder["out"]), StringComparison.Ordinal);
    }
}
