namespace Quiesce.Cli;

/// <summary>What the system says of an error, so that a sentence can follow: it ends some messages with a full stop and others not.</summary>
internal static class Sentence
{
    public static string Of(Exception error) => error.Message.EndsWith('.') ? error.Message : error.Message + ".";
}
