namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>What the client goes by: numbers, each with its reason, and a name.</summary>
internal static class WireDefaults
{
    /// <summary>The header in which a balancer of ours names the instance, also on answers of its own.</summary>
    public const string ServerHeader = "Quiesce-Server";

    /// <summary>Holds the whole answer of a usual service in one read, at 4 MB for a thousand connections.</summary>
    public const int ReceiveBufferBytes = 4 * 1024;

    /// <summary>Longest line of a head, and longest head. Servers' own limits are 8 to 32 KiB; beyond twice that it is no head.</summary>
    public const int HeadLimitBytes = 64 * 1024;
}
