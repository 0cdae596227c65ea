namespace Quiesce.Cli.Rehearse.Load;

/// <summary>What a load must fulfil before it starts. All mistakes at once.</summary>
internal static class LoadOptionsRules
{
    /// <exception cref="ArgumentException">The options cannot be run; the message lists every reason.</exception>
    public static void ThrowIfBroken(LoadOptions options)
    {
        string[] mistakes = [.. Mistakes(options)];
        if (mistakes.Length > 0) { throw new ArgumentException(string.Join(' ', mistakes), nameof(options)); }
    }

    private static IEnumerable<string> Mistakes(LoadOptions options)
    {
        if (options.Rate is not (> 0 and < double.PositiveInfinity))
        {
            yield return $"The rate is {options.Rate} requests a second; use more than 0.";
        }

        if (options.FreshShare is not (>= 0 and <= 1))
        {
            yield return $"The share of fresh connections is {options.FreshShare}; use 0 to 1.";
        }

        if (options.Timeout <= TimeSpan.Zero) { yield return $"The client's limit is {options.Timeout}; use more than 00:00:00."; }
        if (options.MinimumConnections < 0)
        {
            yield return $"The least number of kept connections is {options.MinimumConnections}; use 0 or more.";
        }

        foreach (string mistake in Mistakes(options.Templates)) { yield return mistake; }
    }

    private static IEnumerable<string> Mistakes(IReadOnlyList<RequestTemplate> templates)
    {
        foreach (RequestTemplate template in templates.Where(static template => template.Weight < 1))
        {
            yield return $"'{template.Name}' has the weight {template.Weight}; use 1 or more.";
        }

        if (templates.All(PlannedRequest.NeedsKnown))
        {
            yield return "There is no request without {known} to begin with; add one.";
        }

        if (templates.Any(PlannedRequest.NeedsKnown) && !templates.Any(static template => template.HasEffect))
        {
            yield return "{known} is the id of an acknowledged request with an effect, and none of the requests has an effect; mark one.";
        }
    }
}
