namespace Quiesce.Cli.Rehearse.Output;

/// <summary>The phases of leaving in words.</summary>
internal static class PhaseText
{
    public static string Of(string phase) => phase switch
    {
        "beforeSignal" => "before",
        "leaving" => "leaving",
        "afterClose" => "after close",
        "afterExit" => "after exit",
        _ => "no stop",
    };
}
