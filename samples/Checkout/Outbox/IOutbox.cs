namespace Checkout.Outbox;

/// <summary>The messages that wait to be sent, for the one relay.</summary>
internal interface IOutbox
{
    /// <summary>The oldest messages, at most <paramref name="limit"/>. They stay until they are removed.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(int limit);

    /// <summary>Removes messages, all of them or none.</summary>
    Task RemoveAsync(IReadOnlyList<OutboxMessage> sent);

    /// <summary>Says when to look: at once, whenever somebody has committed a message, and after each <paramref name="interval"/> without one.</summary>
    /// <returns>Whether it was somebody's commit. The sequence ends when <paramref name="ending"/> fires; that is no error.</returns>
    IAsyncEnumerable<bool> WakeUpsAsync(TimeSpan interval, CancellationToken ending);
}
