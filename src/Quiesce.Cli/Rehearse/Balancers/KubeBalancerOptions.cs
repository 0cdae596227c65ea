namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>How late the endpoint table hears that an instance leaves, and the seed of its choices.</summary>
/// <param name="LagMin">The shortest lag between the signal and the table; zero or more.</param>
/// <param name="LagMax">The longest; at least <paramref name="LagMin"/>.</param>
/// <param name="Seed">Seed of the lag and of the choice per connection.</param>
internal sealed record KubeBalancerOptions(TimeSpan LagMin, TimeSpan LagMax, int Seed);
