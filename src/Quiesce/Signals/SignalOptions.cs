namespace Quiesce;

/// <summary>What signals mean to this process.</summary>
/// <remarks>Read when the signals are taken over. Where several hosts share a process, the first one's settings count. Not thread-safe.</remarks>
public sealed class SignalOptions
{
    /// <summary>Gets or sets a value indicating whether a person at a terminal may hurry the shutdown by repeating Ctrl+C.</summary>
    /// <value>
    /// <see langword="true"/> by default: on a terminal the first SIGINT begins without an announce, the second skips the rest of
    /// the drain, the third exits at once. <see langword="false"/>: SIGINT begins like SIGTERM, and repeats change nothing.
    /// </value>
    public bool EscalateOnTerminal { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether SIGHUP stops the process.</summary>
    /// <value><see langword="null"/>, the default: only on a terminal, whose window was closed. Without one, daemons are asked to reload that
    /// way, so it is logged and ignored.</value>
    public bool? StopOnHangup { get; set; }

    /// <summary>Gets or sets a value indicating whether Ctrl+C on a terminal shows a line that says what is being waited for.</summary>
    /// <value><see langword="true"/> by default. Nothing is shown where standard error is no terminal.</value>
    public bool LiveLine { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether systemd is asked at the signal to wait for the whole grace.</summary>
    /// <value><see langword="false"/> by default: <c>TimeoutStopSec</c> is the administrator's word. <see langword="true"/> sends
    /// <c>EXTEND_TIMEOUT_USEC</c> once, which lengthens a shorter <c>TimeoutStopSec</c> to the grace and never shortens it
    /// (<c>sd_notify(3)</c>).</value>
    public bool ExtendServiceTimeout { get; set; }
}
