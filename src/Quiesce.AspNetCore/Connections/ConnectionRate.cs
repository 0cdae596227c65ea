namespace Quiesce.AspNetCore.Connections;

/// <summary>How often clients have connected lately.</summary>
/// <param name="Count">New connections in the window.</param>
/// <param name="Window">The time that was looked at; never zero.</param>
/// <param name="HasClients">Whether anybody is connected, or was within the last minute; or nobody can say yet.</param>
internal readonly record struct ConnectionRate(int Count, TimeSpan Window, bool HasClients)
{
    public double PerSecond => Window > TimeSpan.Zero ? Count / Window.TotalSeconds : Count;
}
