using Microsoft.Extensions.Hosting;

namespace HostProgram;

/// <summary>Its disposal lasts until a line comes from standard input.</summary>
internal sealed class DisposesOnInput : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        Console.WriteLine("disposing");
        Console.ReadLine();
        Console.WriteLine("disposed");
    }
}
