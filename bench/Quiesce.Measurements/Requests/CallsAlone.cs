using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Quiesce.Measurements.Requests;

/// <summary>The calls of the server that Quiesce cannot do without (decision 0014), with nothing in them: a callback before the head is written, one after the
/// response is complete, a lifetime feature in front of the server's, and a pair of locked operations.</summary>
internal sealed class CallsAlone(RequestDelegate next) : IHttpRequestLifetimeFeature
{
    private static readonly Func<object, Task> _onStarting = static _ => Task.CompletedTask;

    private static readonly Func<object, Task> _onCompleted = static state =>
    {
        Interlocked.Decrement(ref ((CallsAlone)state)._inFlight);
        return Task.CompletedTask;
    };

    private IHttpRequestLifetimeFeature? _server;
    private int _inFlight;

    public CancellationToken RequestAborted
    {
        get => _server!.RequestAborted;
        set => _server!.RequestAborted = value;
    }

    public void Abort() => _server!.Abort();

    public Task InvokeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _inFlight);
        _server = (IHttpRequestLifetimeFeature?)context.Features[typeof(IHttpRequestLifetimeFeature)];
        context.Features[typeof(IHttpRequestLifetimeFeature)] = this;
        context.Response.OnStarting(_onStarting, this);
        context.Response.OnCompleted(_onCompleted, this);
        return next(context);
    }
}
