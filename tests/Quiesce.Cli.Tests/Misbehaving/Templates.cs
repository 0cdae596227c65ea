using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Tests.Misbehaving;

/// <summary>Requests to send.</summary>
internal static class Templates
{
    public static readonly RequestTemplate Get = Of("GET", "/items/{id}");
    public static readonly RequestTemplate Http2Get = Get with { Kind = TrafficKind.Http2 };
    public static readonly RequestTemplate Head = Of("HEAD", "/items/{id}");
    public static readonly RequestTemplate Order = Of("POST", "/orders", "{\"id\":\"{id}\"}", hasEffect: true);
    public static readonly RequestTemplate Lookup = Of("GET", "/orders/{known}");

    public static RequestTemplate Of(string method, string path, string? body = null, int weight = 1, bool hasEffect = false) =>
        new(method, path, [], body, weight, hasEffect);
}
