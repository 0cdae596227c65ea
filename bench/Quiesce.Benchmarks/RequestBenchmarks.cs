using BenchmarkDotNet.Attributes;
using Quiesce.Benchmarks.Requests;

namespace Quiesce.Benchmarks;

/// <summary>What a request costs more, in process: time and bytes, by the difference of the two lines. No network, no parsing: what is left is
/// the host's part, the middleware's and nothing else.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private InProcessService _without = null!;
    private InProcessService _with = null!;

    [GlobalSetup]
    public async Task StartAsync() =>
        (_without, _with) = (await InProcessService.StartAsync(withQuiesce: false), await InProcessService.StartAsync(withQuiesce: true));

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _without.DisposeAsync();
        await _with.DisposeAsync();
    }

    [Benchmark(Baseline = true, Description = "request without Quiesce")]
    public Task Without() => _without.SendAsync();

    [Benchmark(Description = "request with Quiesce")]
    public Task With() => _with.SendAsync();
}
