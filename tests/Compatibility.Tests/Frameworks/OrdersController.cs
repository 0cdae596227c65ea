using Microsoft.AspNetCore.Mvc;

namespace Compatibility.Tests.Frameworks;

/// <summary>One controller; public because MVC looks for nothing else.</summary>
[ApiController]
[Route("orders")]
public sealed class OrdersController(IServiceProvider services) : ControllerBase
{
    [HttpGet]
    public async Task<ActionResult<string>> GetAsync() => await ((SlowRequest)services.GetService(typeof(SlowRequest))!).WorkAsync();
}
