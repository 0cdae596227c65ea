using System.Globalization;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>For a pipeline's log and for terminals that cannot redraw: a line for each step, and one now and then.</summary>
internal sealed class PlainLines(TextWriter writer) : IProgressDisplay
{
    /// <summary>A log is read later and should stay short.</summary>
    public TimeSpan Period { get; } = TimeSpan.FromSeconds(10);

    public bool ShowsPhases => false;

    public void Say(string text) => writer.WriteLine(text);

    public void Show(ProgressState state)
    {
        string phase = state.Phase.Length > 0 ? $": {state.Phase}" : "";
        string left = ProgressText.Left(state.Left) is { Length: > 0 } time ? $", {time}" : "";
        string figures = state.Load is not { } load ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; requests {load.Ended.Total:N0}, failures {load.Failures:N0}, in flight {load.InFlight:N0}");
        writer.WriteLine($"{state.Step}{phase}{left}{figures}");
    }

    public void End()
    {
        // Every line lasts.
    }
}
