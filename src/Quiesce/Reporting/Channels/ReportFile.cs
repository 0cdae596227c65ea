namespace Quiesce;

/// <summary>The report as a JSON file that is there whole or not at all.</summary>
internal sealed class ReportFile(string path) : IReportChannel
{
    public string Name => $"the report file '{path}'";

    public void Write(ShutdownReport report)
    {
        byte[] json = ReportJson.Write(report);

        // In the same directory, so that the rename stays inside one file system. A new name that nobody can foresee, created and
        // never opened: in a directory that others may write to, a link could lie in wait under a known one.
        string unfinished = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(unfinished, ForOwnerOnly()))
            {
                // Not flushed to the disk: what the kernel has survives the process, and a slow disk must not use up its end.
                file.Write(json);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception)
        {
            TryDelete(unfinished);
            throw;
        }
    }

    public void Rehearse(ShutdownReport report) => ReportJson.Write(report);

    private static FileStreamOptions ForOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }

        return options;
    }

    private static void TryDelete(string unfinished)
    {
        // The failure that brought us here is the one to report.
        try { File.Delete(unfinished); }
        catch (Exception) { return; }
    }
}
