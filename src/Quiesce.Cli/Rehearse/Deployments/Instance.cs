using Quiesce.Cli.Rehearse.Balancers;
using Quiesce.Cli.Rehearse.Programs;

namespace Quiesce.Cli.Rehearse.Deployments;

/// <summary>One ready instance of the program.</summary>
/// <param name="Endpoint">Its number and where it listens.</param>
/// <param name="Program">Its process.</param>
/// <param name="TimeToReady">From start to the first answer.</param>
/// <param name="Helper">What runs beside it; <see langword="null"/> for nothing.</param>
internal sealed record Instance(Endpoint Endpoint, ProgramProcess Program, TimeSpan TimeToReady, ProgramProcess? Helper = null)
{
    public int Number => Endpoint.Instance;

    public int Port => Endpoint.Address.Port;

    /// <summary>Gets whether somebody was seen to listen on its port when it was ready.</summary>
    public bool ListenedWhenReady { get; init; }
}
