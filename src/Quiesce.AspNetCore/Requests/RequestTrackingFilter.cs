using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Quiesce.AspNetCore.Requests;

/// <summary>Puts the counting in front of every other middleware. Filters run in order of registration, so it is inserted first.</summary>
internal sealed class RequestTrackingFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
    {
        application.UseMiddleware<RequestTrackingMiddleware>();
        next(application);
    };
}
