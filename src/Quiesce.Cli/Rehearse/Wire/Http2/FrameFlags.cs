namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>What a frame says about itself (RFC 9113, section 6). <see cref="Frame.Ack"/> is one of them under another name.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    EndStream = 0x1,
    EndHeaders = 0x4,
    Padded = 0x8,
    Priority = 0x20,
}
