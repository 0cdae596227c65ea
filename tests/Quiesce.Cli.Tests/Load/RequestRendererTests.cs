using System.Net;
using System.Text;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Load.Sending;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Load;

public sealed class RequestRendererTests
{
    private static readonly IPEndPoint _first = new(IPAddress.Loopback, 81), _second = new(IPAddress.Loopback, 82);

    [Fact]
    public void Render_SameBytesEachTime_IsRenderedOnceForEachInstance()
    {
        RequestTemplate template = Templates.Of("GET", "/");
        var renderer = new RequestRenderer([template, template]);

        WireRequest rendered = renderer.Render(Planned("1-1", template), _first);

        Assert.Same(rendered, renderer.Render(Planned("1-2", template), _first));
        Assert.Contains("Host: 127.0.0.1:81\r\n", Text(rendered));
        Assert.Contains("Host: 127.0.0.1:82\r\n", Text(renderer.Render(Planned("1-3", template), _second)));
    }

    [Fact]
    public void Render_Placeholder_IsFilledEachTime()
    {
        var renderer = new RequestRenderer([Templates.Get]);

        Assert.StartsWith("GET /items/1-1 ", Text(renderer.Render(Planned("1-1", Templates.Get), _first)));
        Assert.StartsWith("GET /items/1-2 ", Text(renderer.Render(Planned("1-2", Templates.Get), _first)));
    }

    private static PlannedRequest Planned(string id, RequestTemplate template) => new(id, template, KnownId: null, Fresh: false, ScheduledAt: 0);

    private static string Text(WireRequest request) => Encoding.ASCII.GetString(request.Bytes.Span);
}
