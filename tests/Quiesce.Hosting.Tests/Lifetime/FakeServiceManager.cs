namespace Quiesce.Hosting.Tests.Lifetime;

/// <summary>What a test holds to play the service manager.</summary>
internal sealed class FakeServiceManager
{
    /// <summary>Gets or sets what the lifetime does when the manager wants the service to stop.</summary>
    public Action StopService { get; set; } = static () => throw new InvalidOperationException("no lifetime yet");
}
