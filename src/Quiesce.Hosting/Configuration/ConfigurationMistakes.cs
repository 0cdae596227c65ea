namespace Quiesce.Hosting.Configuration;

/// <summary>Collects mistakes found while options are read, so that all of them can be reported at once.</summary>
internal sealed class ConfigurationMistakes
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Add(IEnumerable<string> mistakes) => _found.AddRange(mistakes);
}
