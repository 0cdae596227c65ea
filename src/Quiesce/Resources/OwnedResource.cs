namespace Quiesce;

/// <summary>Something that is disposed of in Release: after everybody who says that it uses it.</summary>
/// <param name="name">Its name.</param>
/// <param name="resource">An <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>.</param>
/// <param name="uses">What it uses itself.</param>
internal sealed class OwnedResource(string name, object resource, string[] uses) : IPartialParticipant
{
    public string Name => name;

    public IReadOnlyCollection<string> Uses => uses;

    public bool Has(ShutdownPhase phase) => phase == ShutdownPhase.Release;

    public Task ReleaseAsync(ShutdownContext context, CancellationToken cancellationToken) => DisposeAsync(resource);

    /// <summary>Disposes of it. A file is first written to the disk: closing one leaves its bytes with the kernel.</summary>
    public static async Task DisposeAsync(object resource)
    {
        if (resource is StreamWriter { BaseStream: FileStream } writer)
        {
            await writer.FlushAsync().ConfigureAwait(false);
            Sync((FileStream)writer.BaseStream);
        }
        else if (resource is FileStream file)
        {
            Sync(file);
        }

        if (resource is IAsyncDisposable disposable) { await disposable.DisposeAsync().ConfigureAwait(false); }
        else { ((IDisposable)resource).Dispose(); }
    }

    private static void Sync(FileStream file)
    {
        if (file.CanWrite) { file.Flush(flushToDisk: true); }
    }
}
