using Microsoft.Extensions.Hosting;

namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>Shaped like the lifetimes for systemd and Windows services.</summary>
internal sealed class FakeServiceManagerLifetime(IHostApplicationLifetime application, FakeServiceManager manager, Lines events) : IHostLifetime, IDisposable
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        manager.StopService = application.StopApplication;
        events.Add("manager: started");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.Add("manager: stopped");
        return Task.CompletedTask;
    }

    public void Dispose() => events.Add("manager: disposed");
}
