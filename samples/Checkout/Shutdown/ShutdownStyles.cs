namespace Checkout.Shutdown;

/// <summary>The values of <c>--shutdown</c>.</summary>
internal static class ShutdownStyles
{
    public const string Default = "quiesce";

    private static readonly Dictionary<string, IShutdownStyle> _byName = new(StringComparer.Ordinal)
    {
        ["stock"] = new StockShutdown(),
        ["delay"] = new DelayedShutdown(),
        ["quiesce"] = new QuiesceShutdown(),
    };

    /// <exception cref="UsageException">There is no such way.</exception>
    public static IShutdownStyle Find(string name) => _byName.TryGetValue(name, out IShutdownStyle? style)
        ? style
        : throw new UsageException($"There is no shutdown '{name}'. Use one of: {string.Join(", ", _byName.Keys)}.");
}
