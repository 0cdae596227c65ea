namespace Compatibility.Tests.Recipes;

/// <summary>A message.</summary>
public sealed record Payment(string Order);
