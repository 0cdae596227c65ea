namespace Quiesce.Tests.Fixtures;

/// <summary>The repository's pages, for tests that hold them to what the code does.</summary>
internal static class Documentation
{
    /// <summary>Reads a page of <c>docs</c>; the tests run in <c>artifacts/bin/project/configuration</c>.</summary>
    public static string Read(string page) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", page));
}
