namespace Quiesce.PostgreSql;

/// <summary>A commit was sent, and the connection was lost before the server answered: it took place, or it did not.</summary>
/// <remarks>Only a look at the data tells. Work that may be repeated under the same key can simply be repeated.</remarks>
public sealed class CommitOutcomeUnknownException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="CommitOutcomeUnknownException"/> class.</summary>
    /// <param name="kind">What the transaction was, for people.</param>
    /// <param name="innerException">How the connection was lost.</param>
    public CommitOutcomeUnknownException(string kind, Exception innerException)
        : base($"The commit of '{kind}' was sent and never answered: whether it took place is unknown. Look at the data, or repeat it under the same key.", innerException)
    {
    }
}
