namespace Quiesce.Cli.Rehearse.Output.Html;

/// <summary>One row of a timeline.</summary>
/// <param name="Name">What its row is called; there is no legend.</param>
/// <param name="Style">The class of the style sheet that colours it.</param>
/// <param name="Bins">How many in each slice of time.</param>
/// <param name="Figure">What stands at its end: how many in all, or the most at once.</param>
/// <param name="IsArea">Whether it is a state that lasts (an area), or events (bars).</param>
internal sealed record TimelineLane(string Name, string Style, IReadOnlyList<int> Bins, string Figure, bool IsArea);
