using Microsoft.AspNetCore.Connections;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>Answers HAProxy's agent-check: whoever connects reads a line, and the connection ends.</summary>
internal static class AgentCheck
{
    /// <summary>The server is in use again, also when its predecessor at this address was drained; health is left to other checks.</summary>
    private static readonly byte[] _ready = "ready up\n"u8.ToArray();

    /// <summary>No new sessions; those that exist go on.</summary>
    private static readonly byte[] _drain = "drain\n"u8.ToArray();

    public static async Task AnswerAsync(ConnectionContext connection, ShutdownCoordinator coordinator)
    {
        await connection.Transport.Output.WriteAsync(coordinator.Phase == ShutdownPhase.Running ? _ready : _drain, connection.ConnectionClosed);
        await connection.Transport.Output.CompleteAsync();
    }
}
