using Quiesce.Cli.Rehearse.Beside;
using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Output.Progress;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Verdict;

namespace Quiesce.Cli.Tests.Ledger;

/// <summary>A ledger that holds the one order only when it is read for the n-th time.</summary>
public sealed class SettlingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    private string Readings => _folder["readings"];

    public void Dispose()
    {
        _error.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Wait_EffectComesLate_EndsWithTheReadingThatHoldsIt()
    {
        TimeSpan? waited = await WaitAsync(OnReading(3), seconds: 20);

        Assert.Equal(3, File.ReadAllLines(Readings).Length);
        Assert.InRange(waited!.Value.TotalSeconds, 0.3, 20); // 100 and 200 ms.
        Assert.Contains("waiting for effects, at most 20 s, about 20 s left", _error.ToString());
    }

    [Fact]
    public async Task Wait_EffectNeverComes_EndsWithTheTimeAndReadsLessAndLessOften()
    {
        TimeSpan? waited = await WaitAsync(OnReading(1000), seconds: 2);

        Assert.Null(waited);
        Assert.InRange(File.ReadAllLines(Readings).Length, 2, 6); // At 0, 0.1, 0.3, 0.7, 1.5 and 2 s.
    }

    [Fact]
    public async Task Wait_LedgerIsNotThereYet_GoesOn()
    {
        TimeSpan? waited = await WaitAsync($"{OnReading(2)}; [ -s {_folder.Path}/done ] || exit 1", seconds: 20);

        Assert.Equal(2, File.ReadAllLines(Readings).Length);
        Assert.NotNull(waited);
    }

    [Fact]
    public async Task Wait_NotAskedTo_ReadsNothing()
    {
        Assert.Null(await WaitAsync(OnReading(1), seconds: 0));
        Assert.False(File.Exists(Readings));
    }

    private string OnReading(int number) =>
        $"echo >> {Readings}; [ $(wc -l < {Readings}) -lt {number} ] || echo r >> {_folder.Path}/done; cat {_folder.Path}/done 2>/dev/null || true";

    private async Task<TimeSpan?> WaitAsync(string command, double seconds)
    {
        RequestRecord order = Rehearsed.Request(OutcomeClass.Ok) with { Template = Rehearsed.Order };
        RehearseSettings settings = Settings.Read();
        await using var starter = new InstanceStarter(settings, TimeProvider.System);
        var reading = new LedgerReading(
            [new LedgerSource("orders", command, IsCommand: true)], new LedgerHost(starter, port: null), [order], TimeProvider.System);
        using var progress = RehearsalProgress.On(new CliConsole(TextWriter.Null, _error, IsLive: false, IsColoured: false), TimeProvider.System);
        return await new Settling(reading, new BesideServices(settings, starter, TimeProvider.System), progress, TimeProvider.System)
            .WaitAsync(TimeSpan.FromSeconds(seconds), CancellationToken.None);
    }
}
