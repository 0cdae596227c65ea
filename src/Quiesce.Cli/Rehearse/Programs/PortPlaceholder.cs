namespace Quiesce.Cli.Rehearse.Programs;

/// <summary>What stands for the port of the program, wherever a person writes it.</summary>
internal static class PortPlaceholder
{
    private const string Text = "{port}";

    public static bool IsIn(string text) => text.Contains(Text, StringComparison.Ordinal);

    public static string Fill(string text, int port) => text.Replace(Text, $"{port}", StringComparison.Ordinal);
}
