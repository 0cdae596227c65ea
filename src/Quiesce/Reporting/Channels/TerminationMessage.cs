using System.Text;

namespace Quiesce;

/// <summary>The message that Kubernetes shows as the reason why a container ended (<c>kubectl describe pod</c>).</summary>
/// <remarks>
/// Written in place, and only if the file exists: the kubelet mounts it into the container before the start, and reads at most
/// <see cref="MostBytes"/> of it (https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/).
/// </remarks>
internal sealed class TerminationMessage(string path) : IReportChannel
{
    /// <summary>Kubernetes' limit for one container.</summary>
    public const int MostBytes = 4096;

    private const string Ellipsis = "…";

    public string Name => $"the termination message '{path}'";

    public void Write(ShutdownReport report)
    {
        if (!File.Exists(path)) { return; }

        // Opened, never created: a file that was not mounted is read by nobody.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        byte[] message = Message(report);
        file.Write(message);

        // Afterwards, or a disk that is full would leave nothing of what was there before. What cannot be cut has no length to set.
        if (file.CanSeek) { file.SetLength(message.Length); }
    }

    public void Rehearse(ShutdownReport report) => Message(report);

    /// <summary>The longest beginning that fits, and a sign that something is missing.</summary>
    internal static byte[] Cut(string text, int mostBytes)
    {
        byte[] whole = Encoding.UTF8.GetBytes(text);
        if (whole.Length <= mostBytes) { return whole; }

        byte[] sign = Encoding.UTF8.GetBytes(Ellipsis);
        int end = mostBytes - sign.Length;

        // A byte 10xxxxxx continues a character (RFC 3629): back to where one begins.
        while (end > 0 && (whole[end] & 0xC0) == 0x80) { end--; }

        return [.. whole.AsSpan(0, end), .. sign];
    }

    private static byte[] Message(ShutdownReport report) => Cut(ReportText.Summarize(report, withErrorMessages: false), MostBytes);
}
