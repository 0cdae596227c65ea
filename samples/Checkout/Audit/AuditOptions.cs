namespace Checkout.Audit;

/// <summary>How the audit log is buffered. Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    /// <summary>Gets or sets how long a line may stay in memory.</summary>
    /// <value>More than zero; default 1 s.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how much is buffered before it is written at once.</summary>
    /// <value>1 or more; default 64 KiB.</value>
    public int BufferLimitBytes { get; set; } = 64 * 1024;
}
