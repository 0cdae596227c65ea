namespace Quiesce;

/// <summary>Where the report of a shutdown goes, besides the log.</summary>
public sealed class ReportOptions
{
    /// <summary>Gets or sets the JSON file that the report is written to.</summary>
    /// <value>
    /// A path in a directory that exists; a relative one starts at the working directory, and <c>{pid}</c> stands for the process id.
    /// <see langword="null"/>, the default, writes none. The environment variable <c>QUIESCE_REPORT_FILE</c> wins. The file is
    /// replaced as a whole and readable by its owner only.
    /// </value>
    public string? File { get; set; }

    /// <summary>Gets or sets the file that Kubernetes reads as the reason why the container ended.</summary>
    /// <value>
    /// <c>/dev/termination-log</c> by default, as a container's <c>terminationMessagePath</c>. Written only if it exists;
    /// <see langword="null"/> or an empty text leaves it alone.
    /// </value>
    public string? TerminationMessageFile { get; set; } = ReportDefaults.TerminationMessageFile;
}
