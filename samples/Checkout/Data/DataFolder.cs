namespace Checkout.Data;

/// <summary>Where one shop keeps its files. Two instances share it during a rolling deployment.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => FullPath = path;

    public string FullPath { get; }

    public string Orders => Path.Combine(FullPath, "orders.db");

    public string Confirmations => Path.Combine(FullPath, "confirmations.log");

    public string Audit => Path.Combine(FullPath, "audit.log");

    public string SweeperLock => Path.Combine(FullPath, "sweeper.lock");

    /// <summary>Opens the folder for the service; creates it for its owner only when it is missing.</summary>
    /// <exception cref="UsageException">The folder cannot be created or written to.</exception>
    public static DataFolder Create(string path)
    {
        try
        {
            string fullPath = Path.GetFullPath(path);
            // Orders name people: nobody else on the machine may list them.
            if (!OperatingSystem.IsWindows()) { Directory.CreateDirectory(fullPath, OwnerOnly); }

            // A probe now gives one clear sentence; without it SQLite would say "unable to open database file", later.
            string probe = Path.Combine(fullPath, $".probe-{Guid.NewGuid():N}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return new DataFolder(fullPath);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(
                $"The data folder '{path}' cannot be used: {exception.Message} Name a folder this user may write to with --data DIR.");
        }
    }

    /// <summary>Opens a folder that a service has filled, for reading.</summary>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public static DataFolder Existing(string path) => Directory.Exists(path)
        ? new DataFolder(Path.GetFullPath(path))
        : throw new UsageException($"There is no data folder '{path}'. Name the one given to the service with --data DIR.");
}
