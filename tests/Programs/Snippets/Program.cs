using Quiesce;

var builder = WebApplication.CreateBuilder(args);
builder.AddGracefulShutdown();                              // takes the signals over, counts every request

var app = builder.Build();
app.MapShutdownHealth();                                    // GET /livez, GET /readyz
app.MapPost("/orders", (Order order) => Results.Accepted());
return await app.RunGracefullyAsync();                      // the exit code says what was lost

/// <summary>README.md.</summary>
internal sealed record Order(string Id);
