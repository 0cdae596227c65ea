using Quiesce;

namespace Documentation.Tests.Samples;

/// <summary>samples/3-Outbox: a message is posted, or still there for the next instance.</summary>
[Trait("Size", "Full")]
public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutboxTests()
    {
        foreach (string name in new[] { "1", "2" }) { File.WriteAllText(Path.Combine(_folder.Path, name + ".json"), $"message {name}"); }
    }

    [Theory]
    [InlineData((int)ShutdownSignal.Terminate)]
    [InlineData((int)ShutdownSignal.Interrupt)]
    public async Task Signal_WhileAMessageIsPosted_FinishesItAndTakesNoOther(int signal)
    {
        // Arrange
        await using var receiver = new Receiver();
        await using ChildProcess outbox = Start(receiver, grace: "30");
        await receiver.Arrived.ContainingAsync("message 1");

        // Act
        outbox.Send((ShutdownSignal)signal);
        await outbox.Output.ContainingAsync("Drain began");
        receiver.Answer(2);

        // Assert
        Assert.Equal(0, await outbox.ExitAsync());
        Assert.Equal(["message 1"], receiver.Answered.Snapshot());
        Assert.Equal(["2.json"], FilesLeft());
    }

    [Fact]
    public async Task Sigterm_MessageIsNeverAnswered_IsHandedBack()
    {
        // Arrange
        await using var receiver = new Receiver();
        await using ChildProcess outbox = Start(receiver, grace: "5");
        await receiver.Arrived.ContainingAsync("message 1");

        // Act
        outbox.Send(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, await outbox.ExitAsync());
        Assert.Equal(["1.json", "2.json"], FilesLeft());
    }

    public void Dispose() => _folder.Dispose();

    private ChildProcess Start(Receiver receiver, string grace) => ChildProcess.Start(
        "Outbox", new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = grace }, "--folder", _folder.Path, "--address", receiver.Address);

    private IEnumerable<string?> FilesLeft() => Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order();
}
