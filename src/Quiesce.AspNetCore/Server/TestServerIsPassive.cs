using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Quiesce.Hosting.Lifetime;

namespace Quiesce.AspNetCore.Server;

/// <summary>In a test server the process belongs to the test runner.</summary>
internal sealed class TestServerIsPassive(IServiceProvider services) : IPassiveReason
{
    // By name: a reference to the test host has no place in a production package.
    private const string TestServer = "Microsoft.AspNetCore.TestHost.TestServer";

    public string? WhyPassive() =>
        services.GetService<IServer>()?.GetType().FullName == TestServer ? "the server is a test server" : null;
}
