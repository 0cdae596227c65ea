namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>A participant that is a hosted service, and says what is done with it.</summary>
internal sealed class Recorder(Lines events, Microsoft.Extensions.Hosting.IHostApplicationLifetime application)
    : IShutdownParticipant, Microsoft.Extensions.Hosting.IHostedService, IDisposable
{
    public string Name => "recorder";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        application.ApplicationStopping.Register(() => events.Add("ApplicationStopping"));
        return Task.CompletedTask;
    }

    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => Add("StopAccepting");

    public Task DrainAsync(ShutdownContext context, CancellationToken cancellationToken) => Add("Drain");

    public Task StopAsync(CancellationToken cancellationToken) => Add("StopAsync");

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => Add("Release");

    public void Dispose() => events.Add("Dispose");

    private Task Add(string what)
    {
        events.Add(what);
        return Task.CompletedTask;
    }
}
