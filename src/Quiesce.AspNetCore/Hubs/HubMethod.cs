using System.Collections.Concurrent;
using System.Reflection;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Quiesce.AspNetCore.Hubs;

/// <summary>A method of a hub: what a call of it is named, and whether it streams, in either direction. Looked at once each.</summary>
internal sealed record HubMethod(string Kind, bool Streams)
{
    private static readonly ConcurrentDictionary<MethodInfo, HubMethod> _known = new();

    /// <summary>The method that is called. Thread-safe.</summary>
    public static HubMethod Of(HubInvocationContext invocation) => _known.GetOrAdd(
        invocation.HubMethod,
        static (method, call) => new HubMethod($"{call.Hub.GetType().Name}.{call.HubMethodName}", IsStream(method)),
        invocation);

    private static bool IsStream(MethodInfo method) =>
        IsStream(Awaited(method.ReturnType)) || method.GetParameters().Any(static parameter => IsStream(parameter.ParameterType));

    private static Type Awaited(Type type) => Is(type, typeof(Task<>)) || Is(type, typeof(ValueTask<>)) ? type.GenericTypeArguments[0] : type;

    private static bool IsStream(Type type) => Is(type, typeof(IAsyncEnumerable<>)) || Is(type, typeof(ChannelReader<>));

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
