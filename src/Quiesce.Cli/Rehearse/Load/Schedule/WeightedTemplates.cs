namespace Quiesce.Cli.Rehearse.Load.Schedule;

/// <summary>Templates, chosen in proportion to their weight.</summary>
internal sealed class WeightedTemplates(IEnumerable<RequestTemplate> templates)
{
    private readonly RequestTemplate[] _templates = [.. templates];
    private readonly long _total = templates.Sum(static template => (long)template.Weight);

    /// <summary>Chooses one.</summary>
    /// <param name="draw">From 0 to 1, 1 excluded.</param>
    public RequestTemplate Pick(double draw)
    {
        double rest = draw * _total;
        foreach (RequestTemplate template in _templates)
        {
            rest -= template.Weight;
            if (rest < 0) { return template; }
        }

        // Rounding only: the weights add up to the total.
        return _templates[^1];
    }
}
