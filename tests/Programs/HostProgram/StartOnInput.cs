using Microsoft.Extensions.Hosting;

namespace HostProgram;

/// <summary>Its start lasts until a line comes from standard input.</summary>
internal sealed class StartOnInput : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync("starting");
        await Task.Run(Console.ReadLine, CancellationToken.None);
        await Console.Out.WriteLineAsync("start finished");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
