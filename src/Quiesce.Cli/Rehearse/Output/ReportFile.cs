using System.Text.Json;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Writes and reads a report.</summary>
internal static class ReportFile
{
    /// <summary>Writes all or nothing: a reader never meets half a report, and an earlier one stays until the new one is whole.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left beside it.</exception>
    public static void Write(string path, string text)
    {
        string beside = Beside(path);
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Where it is written first.</summary>
    public static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";

    public static string Serialize(ReportDocument document) => JsonSerializer.Serialize(document, ReportJson.Default.ReportDocument) + "\n";

    /// <exception cref="QuiesceException">It cannot be read, or is no report.</exception>
    public static ReportDocument Read(string path)
    {
        try
        {
            ReportDocument? document = JsonSerializer.Deserialize(File.ReadAllText(path), ReportJson.Default.ReportDocument);
            return document is { Schema: ReportDocument.CurrentSchema } ? document : throw Unknown(path, $"its schema is {document?.Schema}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuiesceException(ExitCodes.Usage, $"'{path}' cannot be read: {error.Message}");
        }
        catch (JsonException error)
        {
            throw Unknown(path, $"line {error.LineNumber + 1}: {error.Message}");
        }
    }

    private static QuiesceException Unknown(string path, string why) => new(
        ExitCodes.Usage,
        $"'{path}' is no report of this version ({why}). Give files that 'quiesce rehearse --json' wrote; "
        + $"this version reads schema {ReportDocument.CurrentSchema}.");
}
