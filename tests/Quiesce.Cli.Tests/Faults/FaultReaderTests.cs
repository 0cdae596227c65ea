using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Faults;

public sealed class FaultReaderTests
{
    [Fact]
    public void Read_Faults_MayBeRepeatedOrSeparatedByCommas()
    {
        RehearseSettings settings = Settings.Read("--fault", "half-sent,burst=7", "--fault", "second-signal=1.5", "--fault", "never-ends=/export");

        Assert.Equal(["half-sent=4", "burst=7", "second-signal=1.5", "never-ends=/export"], settings.Faults.Select(static fault => fault.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.Faults[2].After);
    }

    [Fact]
    public void Read_EveryFaultWithoutItsValue_HasADefault()
    {
        string all = string.Join(',', FaultCatalog.All.Where(static spec => spec.Kind is not (FaultKind.NeverEnds or FaultKind.SecondSignal)).Select(static spec => spec.Name));

        RehearseSettings settings = Settings.Read("--helper", "sleep 600", "--fault", all);

        Assert.Equal(["slow-clients=4", "half-sent=4", "burst=50", "kill", "early-signal", "helper-first"], settings.Faults.Select(static fault => fault.ToString()));
    }

    [Theory]
    [InlineData("--fault is 'fire'; known are slow-clients[=N], half-sent[=N], never-ends[=/PATH], burst[=N], kill, ", "fire")]
    [InlineData("--fault is 'burst=0'; write burst[=N], N from 1 to 1000.", "burst=0")]
    [InlineData("--fault is 'burst='; write burst[=N]", "burst=")]
    [InlineData("--fault is 'kill=1'; write kill, without a value.", "kill=1")]
    [InlineData("--fault is 'second-signal=soon'; write second-signal[=SECONDS], such as 0.5.", "second-signal=soon")]
    [InlineData("--fault is 'never-ends=export'; write never-ends[=/PATH], a path that begins with a slash.", "never-ends=export")]
    [InlineData("--fault names burst twice. Name it once.", "burst,burst=3")]
    [InlineData("--fault second-signal=30 is not shorter than --grace (30 s)", "second-signal=30")]
    [InlineData("--fault second-signal=0.2 and kill exclude each other", "kill,second-signal")]
    [InlineData("--fault helper-first needs a helper: say how it is started with --helper 'COMMAND'.", "helper-first")]
    [InlineData("--fault never-ends keeps a request's body open, and no request has one.", "never-ends")]
    public void Read_FaultThatCannotBePlayed_NamesItAndTheRemedy(string text, string fault) => Assert.Contains(text, Settings.MistakeIn("--fault", fault));

    [Fact]
    public void Read_MixOfHttp2Alone_HasABurstButNothingThatIsHalfSent()
    {
        using var folder = new TemporaryFolder();
        string mix = folder["mix.http"];
        File.WriteAllText(mix, "# @kind http2\nGET /\n");

        Assert.Equal("burst=50", Assert.Single(Settings.Read("--requests", mix, "--fault", "burst").Faults).ToString());
        Assert.Contains(
            "--fault half-sent=4 sends ordinary requests over HTTP/1.1, and the mix has none", Settings.MistakeIn("--requests", mix, "--fault", "half-sent"));
    }
}
