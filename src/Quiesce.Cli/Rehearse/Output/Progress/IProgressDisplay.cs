namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>Where progress is shown. Used by one thread at a time.</summary>
internal interface IProgressDisplay
{
    /// <summary>Gets how often it wants to be told although nothing changed.</summary>
    TimeSpan Period { get; }

    /// <summary>Gets whether it also wants to be told at once of each phase of a step.</summary>
    bool ShowsPhases { get; }

    /// <summary>Writes something lasting.</summary>
    void Say(string text);

    void Show(ProgressState state);

    /// <summary>Leaves nothing behind that does not last.</summary>
    void End();
}
