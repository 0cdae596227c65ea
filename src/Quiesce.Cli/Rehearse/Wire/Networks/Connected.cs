using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>What a connect came to: a connection, or why there is none. Exactly one of the two is set.</summary>
/// <param name="Value">Whoever asked for it owns it.</param>
/// <param name="Error">Never thrown: refusals come by the thousand.</param>
internal readonly record struct Connected<T>(T? Value, SocketException? Error)
    where T : class
{
    public static implicit operator Connected<T>(T value) => new(value, null);

    public static implicit operator Connected<T>(SocketException error) => new(null, error);
}
