namespace Rehearsals.Tests;

/// <summary>Alone on the machine: with two services, a database and a broker there is no core left for another rehearsal.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WithServers
{
    public const string Name = "With servers";
}
