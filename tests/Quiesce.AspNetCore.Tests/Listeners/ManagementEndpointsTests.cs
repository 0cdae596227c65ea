using System.Net;
using Quiesce.AspNetCore.Listeners;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class ManagementEndpointsTests
{
    [Theory]
    [InlineData("127.0.0.1:9090", "127.0.0.1:9090", true)]
    [InlineData("127.0.0.1:9090", "[::1]:9090", true)] // "localhost"
    [InlineData("[::]:9090", "0.0.0.0:9090", true)] // "any", where there is no IPv6
    [InlineData("127.0.0.1:9090", "10.0.0.7:9090", false)] // clients, at the same port
    [InlineData("[::]:9090", "[::]:8080", false)]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", false)] // two whose ports are yet to be chosen
    public void Contains_EndpointThatTheServerBinds_IsTheOneThatWasMarked(string marked, string bound, bool expected)
    {
        var endpoints = new ManagementEndpoints();

        endpoints.Add(IPEndPoint.Parse(marked));

        Assert.Equal(expected, endpoints.Contains(IPEndPoint.Parse(bound)));
    }
}
