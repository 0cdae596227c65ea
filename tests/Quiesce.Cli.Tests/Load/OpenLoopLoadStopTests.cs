using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class OpenLoopLoadStopTests
{
    [Fact]
    public async Task Load_StoppedWhileNothingIsDue_EndsWithoutWaitingForIt()
    {
        // Arrange: with this seed the first request is due in three hours.
        LoadOptions options = new(Rate: 0.0001, FreshShare: 0, TimeSpan.FromSeconds(20), [Templates.Get], Seed: 42);
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, new DirectBalancer(), TimeProvider.System);

        // Act
        await load.StopAsync().WaitAsync(TestTimeouts.Hang);

        // Assert
        Assert.Empty(load.Records);
    }
}
