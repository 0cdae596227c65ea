using Checkout.Postgres;
using Quiesce.PostgreSql;

namespace Checkout.Shutdown.Clients;

/// <summary>Leads through the drain: asked to end when the last request here has ended, and given up after that.</summary>
internal sealed class QuiesceLeader<T>(T leading, PostgreSqlPool pool, string[] uses) : IHostedService
    where T : class, ILeading
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        pool.Lead(leading.Name, leading.LeadAsync, new() { Uses = uses });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the drain has ended it
}
