using System.Net;

namespace Quiesce.Cli.Rehearse.Balancers;

/// <summary>One running instance of the program: where it listens, and which start it was.</summary>
/// <param name="Instance">1 for the first process of the rehearsal, 2 for its successor, and so on.</param>
/// <param name="Address">Where it listens; always loopback.</param>
internal sealed record Endpoint(int Instance, IPEndPoint Address);
