using System.Collections.Concurrent;
using System.Net;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Rehearse.Load.Sending;

/// <summary>Puts requests together: once for each instance, where a template is the same bytes each time.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RequestRenderer
{
    private readonly Dictionary<RequestTemplate, ConcurrentDictionary<IPEndPoint, WireRequest>> _repeatable = new(ReferenceEqualityComparer.Instance);

    public RequestRenderer(IEnumerable<RequestTemplate> templates)
    {
        foreach (RequestTemplate template in templates)
        {
            if (!template.IsStream && !PlannedRequest.HasPlaceholder(template)) { _repeatable.TryAdd(template, new()); }
        }
    }

    public WireRequest Render(PlannedRequest planned, IPEndPoint address) =>
        _repeatable.TryGetValue(planned.Template, out ConcurrentDictionary<IPEndPoint, WireRequest>? rendered)
            ? rendered.GetOrAdd(address, RenderAnew, planned)
            : RenderAnew(address, planned);

    private static WireRequest RenderAnew(IPEndPoint address, PlannedRequest planned) => WireRequest.Render(planned.Template, address, planned.Fill);
}
