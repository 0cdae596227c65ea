using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Quiesce.AspNetCore.Requests;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>Refuses those who want to come to stay after the close, on an old connection: SignalR's negotiation.</summary>
/// <remarks>A policy of the router, because nobody else sees the endpoint before it is called; asked for such endpoints only.</remarks>
internal sealed class NegotiationPolicy(ShutdownCoordinator coordinator) : MatcherPolicy, IEndpointSelectorPolicy
{
    private static readonly Endpoint _refusal = new(
        static context =>
        {
            RequestTracker.Refuse(context);
            return Task.CompletedTask;
        },
        EndpointMetadataCollection.Empty,
        "leaving");

    /// <summary>Gets a place behind the policies of others: what they have ruled out stays so.</summary>
    public override int Order => int.MaxValue;

    /// <remarks>By name: it is asked about every endpoint, and the type would load its assembly into services that have no such one.</remarks>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(static endpoint => endpoint.Metadata.Any(static item => item.GetType().Name == nameof(NegotiateMetadata)));

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        if (coordinator.Phase <= ShutdownPhase.StopAccepting) { return Task.CompletedTask; }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && IsNegotiation(candidates[i].Endpoint)) { candidates.ReplaceEndpoint(i, _refusal, candidates[i].Values); }
        }

        return Task.CompletedTask;
    }

    private static bool IsNegotiation(Endpoint endpoint) => endpoint.Metadata.GetMetadata<NegotiateMetadata>() is not null;
}
