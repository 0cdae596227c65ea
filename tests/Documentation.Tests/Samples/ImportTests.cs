using Quiesce;

namespace Documentation.Tests.Samples;

/// <summary>samples/2-Import: stopped between any two rows, every row is posted once.</summary>
[Trait("Size", "Full")]
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public ImportTests()
    {
        _file = Path.Combine(_folder.Path, "rows");
        File.WriteAllLines(_file, ["row one", "row two", "row three"]);
    }

    [Theory]
    [InlineData((int)ShutdownSignal.Terminate)]
    [InlineData((int)ShutdownSignal.Interrupt)]
    public async Task Signal_InTheMiddleOfARow_FinishesItAndTheNextRunGoesOn(int signal)
    {
        // Arrange
        await using var receiver = new Receiver();
        await using var first = ChildProcess.Start("Import", _file, receiver.Address);
        await receiver.Arrived.ContainingAsync("row one");
        receiver.Answer(1);
        await receiver.Arrived.ContainingAsync("row two");

        // Act
        first.Send((ShutdownSignal)signal);
        await first.Output.ContainingAsync("stopping");
        receiver.Answer(1);
        int exitCode = await first.ExitAsync();
        await using var second = ChildProcess.Start("Import", _file, receiver.Address);
        receiver.Answer(1);

        // Assert
        Assert.Equal(0, await second.ExitAsync());
        Assert.Equal(0, exitCode);
        Assert.Equal(["row one", "row two", "row three"], receiver.Answered.Snapshot());
    }

    [Fact]
    public async Task Sigterm_RowIsNeverAnswered_SaysWorkAbandonedAndKeepsTheCheckpoint()
    {
        // Arrange
        await using var receiver = new Receiver();
        await using var import = ChildProcess.Start("Import", ShortGrace, _file, receiver.Address);
        receiver.Answer(1);
        await receiver.Arrived.ContainingAsync("row two");

        // Act
        import.Send(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, await import.ExitAsync());
        Assert.Equal("1", await File.ReadAllTextAsync(_file + ".done", TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> ShortGrace { get; } = new() { ["QUIESCE_GRACE_PERIOD"] = "2" };
}
