using Microsoft.Extensions.Hosting;

namespace HostProgram;

/// <summary>Does something when a line comes from standard input.</summary>
internal sealed class OnInput(Action action) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Run(Console.ReadLine, CancellationToken.None);
        action();
    }
}
