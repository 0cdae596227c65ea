using Quiesce.Benchmarks.Requests;

namespace Compatibility.Tests.Costs;

/// <summary>Bytes are counted, not timed: the nanoseconds are in bench/.</summary>
public sealed class RequestBytesTests
{
    private const int Requests = 2_000;

    [Fact]
    public async Task Request_WithQuiesce_AllocatesAtMostAHundredBytesMore()
    {
        // Arrange
        await using InProcessService without = await InProcessService.StartAsync(withQuiesce: false);
        await using InProcessService with = await InProcessService.StartAsync(withQuiesce: true);

        // Act
        double added = (BytesOf(with) - BytesOf(without)) / (double)Requests;

        // Assert
        Assert.InRange(added, 0, 100);
    }

    /// <summary>On this thread alone, without an await: each request completes before its call returns.</summary>
    private static long BytesOf(InProcessService service)
    {
        Send(service);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(service);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Send(InProcessService service)
    {
        for (int i = 0; i < Requests; i++) { Assert.True(service.SendAsync().IsCompletedSuccessfully); }
    }
}
