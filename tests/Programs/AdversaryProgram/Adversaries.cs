using System.Reflection;

namespace AdversaryProgram;

/// <summary>All adversaries; a class's name is its name.</summary>
internal static class Adversaries
{
    private static readonly Dictionary<string, Type> _byName = Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => type.IsSubclassOf(typeof(Adversary)))
        .ToDictionary(static type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    public static Adversary? Find(string name) =>
        _byName.TryGetValue(name, out Type? type) ? (Adversary)Activator.CreateInstance(type)! : null;
}
