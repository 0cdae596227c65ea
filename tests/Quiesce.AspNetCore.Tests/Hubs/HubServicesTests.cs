using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quiesce.AspNetCore.Hubs;

namespace Quiesce.AspNetCore.Tests.Hubs;

public sealed class HubServicesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hubs_SignalRIsAddedBeforeOrAfter_AreFollowedOnce(bool before)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        if (before) { builder.Services.AddSignalR(); }

        builder.AddGracefulShutdown();
        if (!before) { builder.Services.AddSignalR(); }

        await using WebApplication application = builder.Build();

        Assert.IsType<HubFilter>(Assert.Single(FiltersOf(application.Services.GetRequiredService<IOptions<HubOptions>>().Value)!));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_HubFilters")]
    private static extern List<IHubFilter>? FiltersOf(HubOptions options);
}
