using System.Net;
using System.Net.Sockets;

namespace Quiesce.Cli.Rehearse.Wire.Networks;

/// <summary>What lies between the clients and whoever they connect to.</summary>
/// <remarks>Thread-safe. Disposing it waits until the connections, which their owners close, have left no trace.</remarks>
internal interface IWireNetwork : IAsyncDisposable
{
    /// <summary>How long a byte is under way, each way.</summary>
    TimeSpan Delay { get; }

    /// <summary>Connects, or says why no connection was made.</summary>
    /// <exception cref="OperationCanceledException">No connection was made before the limit passed.</exception>
    Task<Connected<Socket>> ConnectAsync(IPEndPoint address, CancellationToken limit);
}
