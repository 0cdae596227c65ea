using Quiesce.TestSupport;

// The name is what counts: the package's own type is known by it.
namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>Stands for the lifetime that UseSystemd registers.</summary>
internal sealed class SystemdLifetime(Lines events) : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        events.Add("systemd: started");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.Add("systemd: stopped");
        return Task.CompletedTask;
    }
}
