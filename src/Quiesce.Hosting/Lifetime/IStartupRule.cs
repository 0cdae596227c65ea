namespace Quiesce.Hosting.Lifetime;

/// <summary>Something that must hold when the host starts. The web half brings one; its presence is how the web half is known.</summary>
internal interface IStartupRule
{
    /// <summary>Checks it.</summary>
    /// <returns>A sentence or two for each mistake: what is wrong and what to do.</returns>
    IEnumerable<string> Check();
}
