using Microsoft.Extensions.Hosting;
using Quiesce;

namespace HostProgram;

/// <summary>Has one unit of work in flight until a line comes from standard input, whatever its tokens say, and says what it is asked.</summary>
internal sealed class HoldsAUnit(GracefulShutdown shutdown) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"pid {Environment.ProcessId}");
        shutdown.Draining.Register(static () => Console.WriteLine("draining"));
        shutdown.Aborting.Register(static () => Console.WriteLine("aborting"));
        shutdown.Work.TryBegin("row", out WorkLease unit);
        new Thread(() =>
        {
            using (unit) { Console.ReadLine(); }
        }) { IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
