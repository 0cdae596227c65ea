namespace Checkout;

/// <summary>Something the person who started the program can put right: one sentence for standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
