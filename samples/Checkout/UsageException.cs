namespace Checkout;

/// <summary>Something the person who started the program can put right: one sentence for standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Why something failed, on one line: the innermost reason says it best.</summary>
    public static string ReasonOf(Exception error) => error.GetBaseException().Message.Split('\n', '\r')[0].TrimEnd('.');
}
