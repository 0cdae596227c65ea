namespace Quiesce.AspNetCore.Listeners;

/// <summary>A listener of the server's that can be closed while the server goes on serving the connections that exist.</summary>
internal interface IClosableListener
{
    /// <summary>Gets a value indicating whether the socket belongs to somebody else too (systemd's activation, a handed-over descriptor).</summary>
    bool IsInherited { get; }

    /// <summary>Gets a value indicating whether it is not for clients: it stays open until the server stops, and nothing on it is counted.</summary>
    bool IsManagement { get; }

    /// <summary>Gets how it would be closed.</summary>
    CloseWay PlannedWay { get; }

    /// <summary>Closes the listener. The first call decides how long it may take.</summary>
    /// <param name="hurry">Close now, whatever still waits.</param>
    /// <returns>How it was closed.</returns>
    Task<CloseWay> CloseAsync(CancellationToken hurry);
}
