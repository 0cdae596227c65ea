using System.Diagnostics;
using Quiesce;

// Compresses each file of a folder into another folder. Three things must not outlive it: a lock, half-written files, and a child.
if (args is not [string from, string to, .. string[] rest])
{
    await Console.Error.WriteLineAsync("Use: Compress FROM TO [COMPRESSOR]. The compressor turns FILE into FILE.gz; gzip if none is given.");
    return 2;
}

string compressor = rest.FirstOrDefault("gzip");
return await GracefulShutdown.RunAsync(async shutdown =>
{
    Directory.CreateDirectory(to);

    // Released in reverse order: the lock is given back when there is nothing left to protect.
    var held = new FileStream(Path.Combine(to, ".lock"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    shutdown.OnRelease("lock", async _ => await held.DisposeAsync());

    // Beside the results: a move within one file system is atomic, so nobody ever sees half a file.
    DirectoryInfo partial = Directory.CreateDirectory(Path.Combine(to, ".partial"));
    shutdown.OnRelease("partial files", _ =>
    {
        partial.Delete(recursive: true);
        return Task.CompletedTask;
    });

    await using CancellationTokenRegistration told = shutdown.Draining.Register(() => Console.WriteLine("stopping after this file"));
    foreach (string source in Directory.EnumerateFiles(from).Order())
    {
        if (!shutdown.Work.TryBegin("file", out WorkLease lease)) { break; }

        using (lease) { await CompressAsync(source, partial.FullName, shutdown.Aborting); }
    }
});

async Task CompressAsync(string source, string partial, CancellationToken aborting)
{
    string name = Path.GetFileName(source);
    string copy = Path.Combine(partial, name);
    File.Copy(source, copy, overwrite: true);
    using var child = Process.Start(compressor, [copy]);

    // End the child and then await it: one that still writes would fail the deletion of its folder.
    await using (aborting.Register(() => child.Kill(entireProcessTree: true))) { await child.WaitForExitAsync(CancellationToken.None); }

    aborting.ThrowIfCancellationRequested();
    if (child.ExitCode != 0) { throw new InvalidOperationException($"'{compressor} {copy}' ended with {child.ExitCode}."); }

    File.Move(copy + ".gz", Path.Combine(to, name + ".gz"), overwrite: true);
    Console.WriteLine($"compressed {name}");
}
