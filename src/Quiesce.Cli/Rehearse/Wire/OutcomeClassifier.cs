using System.Globalization;
using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>Puts an exchange in its one class, and says why in one line.</summary>
/// <remarks>Order matters: an answer that is whole counts by its status, even if sending the request failed half-way.</remarks>
internal static class OutcomeClassifier
{
    public static OutcomeClass Classify(ExchangeEnd end, Answer answer) => (end, answer) switch
    {
        (ExchangeEnd.Complete, { Status: < 500 }) => OutcomeClass.Ok,
        // Without Retry-After a 503 may come from anything that failed half-way; only both together say "I did nothing".
        (ExchangeEnd.Complete, { Status: 503, RetryAfter: not null }) => OutcomeClass.Unavailable,
        (ExchangeEnd.Complete or ExchangeEnd.Malformed, _) => OutcomeClass.ServerError,
        (ExchangeEnd.LimitReached, _) => OutcomeClass.Timeout,
        (_, { Begun: true }) => OutcomeClass.Truncated,
        _ => OutcomeClass.Reset,
    };

    /// <summary>Puts a connect that failed in its class: refused, unless the connection was made and then reset.</summary>
    /// <remarks>A server that closes its listener resets what the kernel had accepted for it. If the reset overtakes the client's own
    /// notice that it is connected, it surfaces here; an instant later, it would surface as a reset of the exchange. The same loss
    /// must not change its class with the client's pace. A port where nobody listens gives another error.</remarks>
    public static OutcomeClass ClassifyConnect(SocketException error) =>
        error.SocketErrorCode is SocketError.ConnectionReset or SocketError.NotConnected ? OutcomeClass.Reset : OutcomeClass.Refused;

    /// <summary>The line for a person; <see langword="null"/> when the request went well.</summary>
    /// <param name="reason">What the socket or the parser said.</param>
    /// <param name="elapsed">From the first byte sent to the end.</param>
    public static string? Explain(ExchangeEnd end, Answer answer, string? reason, TimeSpan elapsed) => end switch
    {
        ExchangeEnd.Complete when answer.Status < 500 => null,
        ExchangeEnd.Complete when answer.RetryAfter is { } after => $"status {answer.Status}, Retry-After: {after}",
        ExchangeEnd.Complete when answer.Status == 503 => "status 503, no Retry-After",
        ExchangeEnd.Complete => $"status {answer.Status}",
        ExchangeEnd.Malformed => $"the answer is no HTTP: {reason}",
        ExchangeEnd.LimitReached when reason is not null => reason,
        ExchangeEnd.LimitReached when !answer.Begun => $"no answer within the limit, {Text(elapsed)} after the request was sent",
        ExchangeEnd.LimitReached => $"the limit passed {answer.Whereabouts()}, {Text(elapsed)} after the request was sent",
        _ when answer.Begun => $"{reason} {answer.Whereabouts()}, {Text(elapsed)} after the request was sent",
        _ => $"{reason} {Text(elapsed)} after the request was sent",
    };

    private static string Text(TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0.#} ms");
}
