namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>The error codes that mean something to a client (RFC 9113, section 7).</summary>
internal static class ErrorCode
{
    public const int NoError = 0x0, RefusedStream = 0x7, Cancel = 0x8;

    private static readonly string[] _names =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    public static string NameOf(int code) => code >= 0 && code < _names.Length ? _names[code] : $"error 0x{code:x}";
}
