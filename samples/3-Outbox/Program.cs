using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quiesce;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddGracefulShutdown();
builder.Services.AddSingleton<HttpClient>().AddHostedService<OutboxConsumer>(); // a participant: found by itself
return await builder.Build().RunGracefullyAsync();

/// <summary>Posts each message (*.json) of a folder to an address. Use: Outbox --folder DIR --address URL.</summary>
internal sealed class OutboxConsumer(IConfiguration settings, HttpClient client, GracefulShutdown shutdown) : BackgroundService, IShutdownParticipant
{
    private readonly string _folder = settings["folder"] ?? throw new InvalidOperationException("--folder is missing.");
    private readonly Uri _address = new(settings["address"] ?? throw new InvalidOperationException("--address is missing."));
    private readonly CancellationTokenSource _closed = new();
    public string Name => "outbox";

    // At the signal, while everything else is still whole: no message is taken any more.
    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => _closed.CancelAsync();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var arrived = Channel.CreateUnbounded<string>();
        using var watcher = new FileSystemWatcher(_folder, "*.json") { EnableRaisingEvents = true };
        watcher.Renamed += (_, file) => arrived.Writer.TryWrite(file.FullPath); // written elsewhere, then moved in: always whole
        foreach (string waiting in Directory.EnumerateFiles(_folder, "*.json").Order()) { arrived.Writer.TryWrite(waiting); }

        // The token ends the wait for a message; what has arrived needs the look at it, and the lease.
        try
        {
            await foreach (string message in arrived.Reader.ReadAllAsync(_closed.Token))
            {
                if (_closed.IsCancellationRequested || !shutdown.Work.TryBegin("message", out WorkLease lease)) { break; }
                using (lease) { await PostAsync(message, message + ".claimed"); }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested) { }
    }

    private async Task PostAsync(string message, string claimed)
    {
        try { File.Move(message, claimed); }
        catch (FileNotFoundException) { return; } // another instance was faster
        try
        {
            using var body = new ByteArrayContent(await File.ReadAllBytesAsync(claimed));
            (await client.PostAsync(_address, body, shutdown.Aborting)).EnsureSuccessStatusCode().Dispose();
            File.Delete(claimed);
            Console.WriteLine($"posted {Path.GetFileName(message)}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            File.Move(claimed, message); // handed back: the next instance posts it
            throw;
        }
    }
}
