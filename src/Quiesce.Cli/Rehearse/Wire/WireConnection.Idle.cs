using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire;

internal sealed partial class WireConnection
{
    // Set when the connection becomes idle: a receive of zero bytes that ends as soon as the server says or closes anything, with
    // the error if there was one. It is not cancelled when a request takes the connection: it is then the wait for the first byte.
    private Task<SocketException?>? _spoke;

    /// <summary>Completes when the server says, closes or resets anything; <see langword="null"/> until <see cref="BecomeIdle"/>.</summary>
    public Task? Spoke => _spoke;

    /// <summary>Whether the server has already spoken, closed or reset: then the connection MUST NOT carry another request.</summary>
    /// <remarks>
    /// Asked just before sending, as a well-behaved client does: RFC 9112, section 9.6 lets a server close an idle connection at any
    /// time, and what is already visible is no loss. What arrives after this look is one, because nobody could have known.
    /// </remarks>
    public bool HasSpoken => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Starts watching for the end of an idle connection. To be called once after each exchange that allows reuse.</summary>
    public void BecomeIdle() => _spoke = WaitUntilSpokenAsync();

    // Disposing a socket with a receive pending sends an RST, which a server may well log as an error; after a shutdown it does not.
    private void EndIdleWatch()
    {
        if (_spoke is null or { IsCompleted: true }) { return; }
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The server was faster, or this is the second call.
        }
    }

    private async Task<SocketException?> WaitUntilSpokenAsync()
    {
        try
        {
            do
            {
                // On Unix a receive of zero bytes ends with any readiness event, also with a late one for bytes that were already read.
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            }
            while (!HasSpoken);

            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }
}
