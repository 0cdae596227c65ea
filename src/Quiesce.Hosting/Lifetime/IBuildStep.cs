namespace Quiesce.Hosting.Lifetime;

/// <summary>Something to be done while the host is built: all services are registered, and none of the application's own code has asked for one.</summary>
internal interface IBuildStep
{
    /// <summary>Does it, once.</summary>
    void Run();
}
