using Adapters.Tests.Servers;

namespace Adapters.Tests.Stories;

/// <summary>The moment in which a message is acknowledged decides what a stop costs. Real processes, a real broker, real signals: 400 messages, 200 of them
/// done; ten are begun at the signal, of which five have had their effect; those that were fetched are not begun.</summary>
/// <remarks>The early ones lose, and the late ones double, what can be counted out in advance: that shows that the zeros of the others are no accident.</remarks>
/// <seealso href="https://github.com/sidekiq/sidekiq/issues/3845"/>
[Trait("Size", "Full")]
public sealed class AcknowledgementTests(RabbitMqServer broker, PostgreSqlServer database)
{
    [Theory]

    // Early, when the broker sends it. Killed in the drain, 207 of 400 have had their effect; killed at once, 205.
    [InlineData("sent", "SIGTERM", 0, 0, 0, 0)]
    [InlineData("sent", "SIGTERM, then SIGKILL in the drain", 193, 193, 0, 0)]
    [InlineData("sent", "SIGKILL", 195, 195, 0, 0)]

    // Early, in the instant before it is begun. Killed in the drain, three have had no effect, and four were begun whose acknowledgements may have arrived.
    [InlineData("begun", "SIGTERM", 0, 0, 0, 0)]
    [InlineData("begun", "SIGTERM, then SIGKILL in the drain", 3, 7, 0, 0)]
    [InlineData("begun", "SIGKILL", 5, 5, 0, 0)]

    // Late, when its handler has returned. Killed in the drain, three have had their effect, and four have ended whose acknowledgements may have arrived.
    [InlineData("done", "SIGTERM", 0, 0, 0, 0)]
    [InlineData("done", "SIGTERM, then SIGKILL in the drain", 0, 0, 3, 7)]
    [InlineData("done", "SIGKILL", 0, 0, 5, 5)]

    // Late, and the effect is committed together with its key.
    [InlineData("committed", "SIGTERM", 0, 0, 0, 0)]
    [InlineData("committed", "SIGTERM, then SIGKILL in the drain", 0, 0, 0, 0)]
    [InlineData("committed", "SIGKILL", 0, 0, 0, 0)]
    public async Task S13_AcknowledgedEarlyLateOrOnCommit_LosesAndDoublesWhatTheTheorySays(
        string acknowledged, string stop, int leastLost, int mostLost, int leastDoubled, int mostDoubled)
    {
        // Arrange
        await using Deployment deployment = await Deployment.StartAsync(broker, database, acknowledged);
        await deployment.InFlightAsync();

        // Act
        int exitCode = stop switch
        {
            "SIGTERM" => await deployment.TerminateAsync(),
            "SIGKILL" => await deployment.KillAsync(),
            _ => await deployment.KillInTheDrainAsync(),
        };
        int left = await deployment.SucceedAsync();

        // Assert
        (int Lost, int Doubled) counted = await deployment.CountAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{counted.Lost} lost, {counted.Doubled} doubled, {left} left to the successor, exit code {exitCode}");
        Assert.Equal(stop == "SIGTERM" ? ShutdownExitCode.Clean : Deployment.Killed, exitCode);
        Assert.InRange(counted.Lost, leastLost, mostLost);
        Assert.InRange(counted.Doubled, leastDoubled, mostDoubled);
    }
}
