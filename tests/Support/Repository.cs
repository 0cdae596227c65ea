using System.Reflection;

namespace Quiesce.TestSupport;

/// <summary>The pages of the repository this was built from.</summary>
internal static class Repository
{
    private static readonly string[] _folders = ["docs", "samples", "src", "tests", "eng"];

    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(static metadata => metadata.Key == "RepositoryRoot").Value!);

    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    /// <summary>Every page that is ours: not build output, nothing hidden.</summary>
    public static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(_folders
                .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)));
}
