namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>The numbers of the client, each with its reason.</summary>
internal static class Http2Defaults
{
    /// <summary>What either side may send before it hears otherwise (RFC 9113, section 6.9.2).</summary>
    public const int FirstWindowBytes = 65_535;

    /// <summary>Streams at once, until the server says otherwise: no server should allow fewer (RFC 9113, section 6.5.2).</summary>
    public const int UsualStreams = 100;

    /// <summary>So many bytes of bodies are read before the server is told. It has room for a thousand times that.</summary>
    public const int ToldEachBytes = 1024 * 1024;

    // Bodies are read and thrown away, so nothing has to be held back.
    private const int OurWindowBytes = int.MaxValue;

    /// <summary>Gets what a client says first: the preface, no table of fields, no push, and as much room as there can be.</summary>
    public static byte[] Preface { get; } =
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        .. Frame.Of(FrameType.Settings, FrameFlags.None, 0,
        [
            0, Setting.HeaderTableSize, 0, 0, 0, 0,
            0, Setting.EnablePush, 0, 0, 0, 0,
            0, Setting.InitialWindowSize, 0x7f, 0xff, 0xff, 0xff,
        ]),
        .. Frame.Of(FrameType.WindowUpdate, 0, OurWindowBytes - FirstWindowBytes),
    ];

    /// <summary>Names of settings (RFC 9113, section 6.5.2).</summary>
    public static class Setting
    {
        public const byte HeaderTableSize = 1, EnablePush = 2, MaxConcurrentStreams = 3, InitialWindowSize = 4;
    }
}
