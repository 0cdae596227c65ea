using System.Security.Claims;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Quiesce.AspNetCore.Tests.Hubs;

/// <summary>A connection as a hub sees it, which only notes that it is asked to close.</summary>
internal sealed class FakeHubCaller : HubCallerContext, IConnectionLifetimeNotificationFeature
{
    public FakeHubCaller() => Features.Set<IConnectionLifetimeNotificationFeature>(this);

    public int CloseRequests { get; private set; }

    public override string ConnectionId => "one";

    public override string? UserIdentifier => null;

    public override ClaimsPrincipal? User => null;

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override CancellationToken ConnectionAborted => CancellationToken.None;

    public CancellationToken ConnectionClosedRequested { get; set; }

    public void RequestClose() => CloseRequests++;

    public override void Abort() => throw new NotSupportedException();
}
