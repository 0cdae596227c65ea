using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Quiesce;
using Quiesce.Serilog;
using Serilog;
using Serilog.Core;

namespace Snippets;

/// <summary>docs/adapters/serilog.md.</summary>
internal static class SerilogSnippets
{
    public static void Usage(WebApplicationBuilder builder)
    {
        var queues = new SerilogQueues();
        Logger logger = new LoggerConfiguration()
            .WriteTo.Async(sinks => sinks.File("shop.log"), monitor: queues)
            .CreateLogger();
        builder.Logging.AddSerilog(logger);
        WebApplication app = builder.Build();
        app.Services.GetRequiredService<GracefulShutdown>().CloseSerilogLast(logger, queues);
    }
}
