namespace Quiesce;

/// <summary>Event ids. They are part of the interface: never renumber one.</summary>
internal static class LogEvents
{
    public const int Began = 1;
    public const int PhaseBegan = 2;
    public const int WorkCut = 3;
    public const int Finished = 4;
    public const int FinishedWithLosses = 5;
    public const int TokenCallbackFailed = 6;
    public const int GraceShortened = 7;
    public const int SignalRepeated = 8;
    public const int DrainSkipped = 9;
    public const int Ready = 10;
    public const int StoppedDuringStartup = 11;
    public const int TrackedWorkFailed = 12;
    public const int ProgramFailed = 13;
    public const int ConfigurationRefused = 14;
    public const int Passive = 15;
    public const int HostStopFailed = 16;
    public const int ChannelFailed = 17;
    public const int Enforced = 18;
    public const int Planned = 19;
    public const int AnnounceBegan = 20;
    public const int ListenersClosed = 21;
    public const int ServerStopAbandoned = 22;
    public const int LimitsShortened = 23;
    public const int FarewellBegan = 30;
    public const int FarewellLimitReached = 31;
    public const int AnnounceEnded = 32;
    public const int AnnouncedTwice = 33;
    public const int SilentClosed = 34;
    public const int ServesOn = 35;
    public const int Plan = 36;
    public const int PlanWithAnnounce = 37;
    public const int NotSentBack = 38;
    public const int Http3IsUntested = 39;
    public const int LeaderElected = 40;
    public const int LeaderResigned = 41;
    public const int LeadershipLost = 42;
    public const int LeaderFailed = 43;
}
