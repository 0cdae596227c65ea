using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Quiesce;

namespace Outbox;

/// <summary>Posts each message (*.json) of a folder to an address. Use: Outbox --folder DIR --address URL.</summary>
internal sealed class OutboxConsumer(IConfiguration settings, HttpClient client, GracefulShutdown shutdown) : BackgroundService, IShutdownParticipant
{
    private readonly string _folder = settings["folder"] ?? throw new InvalidOperationException("--folder is missing.");
    private readonly string _address = settings["address"] ?? throw new InvalidOperationException("--address is missing.");
    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _closed = new();

    public string Name => "outbox";

    // At the signal, while everything else is still whole: no message is taken any more.
    public Task StopAcceptingAsync(ShutdownContext context, CancellationToken cancellationToken) => _closed.CancelAsync();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = new FileSystemWatcher(_folder, "*.json");
        watcher.Renamed += (_, file) => _arrived.Writer.TryWrite(file.FullPath); // written elsewhere, then moved in: always whole
        watcher.EnableRaisingEvents = true;
        foreach (string waiting in Directory.EnumerateFiles(_folder, "*.json").Order()) { _arrived.Writer.TryWrite(waiting); }

        try
        {
            // The token ends the wait for a message; what is already in the channel needs the look at it, and the lease.
            await foreach (string message in _arrived.Reader.ReadAllAsync(_closed.Token))
            {
                if (_closed.IsCancellationRequested || !shutdown.Work.TryBegin("message", out WorkLease lease)) { break; }
                using (lease) { await PostAsync(message); }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested) { }
    }

    private async Task PostAsync(string message)
    {
        string claimed = message + ".claimed";
        try { File.Move(message, claimed); }
        catch (FileNotFoundException) { return; } // another instance was faster
        try
        {
            using var body = new ByteArrayContent(await File.ReadAllBytesAsync(claimed));
            using HttpResponseMessage answer = await client.PostAsync(new Uri(_address), body, shutdown.Aborting);
            answer.EnsureSuccessStatusCode();
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
