using System.Net;
using System.Net.Sockets;

namespace Quiesce.AspNetCore.Listeners;

/// <summary>The connections that the kernel has accepted for a listener and its server has not yet: closing the listener resets them.</summary>
/// <remarks>The kernel keeps real time and tells nobody when its queue is empty: hence the system's clock, and looking again and again.</remarks>
/// <param name="listening">The listening socket.</param>
/// <param name="isOurs">Whether nobody else can have it: only then may new connections be kept out of it.</param>
internal sealed class AcceptQueue(Socket listening, bool isOurs)
{
    /// <summary>How long a handshake under way is waited for: the round trip to the other side of the earth. Others are lost, or attacks.</summary>
    private static readonly TimeSpan _handshake = TimeSpan.FromMilliseconds(250);

    /// <summary>A server that accepts at all empties its queue in microseconds; this is how often it is looked at.</summary>
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets how it would be emptied, should the kernel allow it.</summary>
    public CloseWay PlannedWay => isOurs && SynGate.Fits(listening) ? CloseWay.Gated : CloseWay.Drained;

    /// <summary>Lets the server take what waits, until nothing does.</summary>
    /// <param name="hurry">Ends the wait; what still waits is then lost.</param>
    /// <returns>How new connections were kept out meanwhile.</returns>
    public async Task<CloseWay> EmptyAsync(CancellationToken hurry)
    {
        bool gated = isOurs && SynGate.TryShut(listening);
        try
        {
            if (gated) { await LetHandshakesEndAsync(hurry); }

            while (HasWaiting()) { await Task.Delay(_look, TimeProvider.System, hurry); }
        }
        catch (OperationCanceledException)
        {
            return CloseWay.Hurried;
        }
        catch (ObjectDisposedException)
        {
            return CloseWay.AtOnce; // by somebody else
        }

        return gated ? CloseWay.Gated : CloseWay.Drained;
    }

    private async Task LetHandshakesEndAsync(CancellationToken hurry)
    {
        if (listening.LocalEndPoint is not IPEndPoint { Port: int port }) { return; }

        long shutAt = TimeProvider.System.GetTimestamp();
        while (Handshakes.UnderWay(port) && TimeProvider.System.GetElapsedTime(shutAt) < _handshake)
        {
            await Task.Delay(_look, TimeProvider.System, hurry);
        }
    }

    private bool HasWaiting()
    {
        try { return listening.Poll(TimeSpan.Zero, SelectMode.SelectRead); }
        catch (Exception error) when (error is SocketException or ObjectDisposedException) { return false; }
    }
}
