using Quiesce.Measurements.Requests;

namespace Compatibility.Tests.Costs;

/// <summary>Bytes are counted, not timed: the nanoseconds are in bench/.</summary>
public sealed class RequestBytesTests
{
    private const int Requests = 2_000;

    [Fact]
    public async Task Request_WithQuiesce_AllocatesAtMostAHundredBytesMore()
    {
        // Arrange
        await using InProcessService without = await InProcessService.StartAsync(Counting.Nobody);
        await using InProcessService with = await InProcessService.StartAsync(Counting.ByQuiesce);

        // Act
        double added = (BytesOf(with) - BytesOf(without)) / (double)Requests;

        // Assert
        Assert.True(added <= 100, $"{added} bytes");
    }

    /// <summary>On this thread alone: from the second round on, each request completes before the call that sends it returns.</summary>
    private static long BytesOf(InProcessService service)
    {
        Send(service);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(service);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Send(InProcessService service)
    {
        for (int i = 0; i < Requests; i++) { Assert.True(service.Send()); }
    }
}
