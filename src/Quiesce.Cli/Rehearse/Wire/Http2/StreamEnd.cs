namespace Quiesce.Cli.Rehearse.Wire.Http2;

/// <summary>How a stream ended.</summary>
/// <param name="End">What ended it.</param>
/// <param name="Reason">In words; <see langword="null"/> for a whole answer.</param>
/// <param name="IsUnprocessed">The server has said that it did nothing with the request, and that it may be sent again: REFUSED_STREAM, or a stream
/// that GOAWAY leaves out (RFC 9113, section 8.7).</param>
internal readonly record struct StreamEnd(ExchangeEnd End, string? Reason, bool IsUnprocessed = false);
