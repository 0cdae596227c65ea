namespace Quiesce.Cli.Rehearse.Load;

/// <summary>One request as the schedule drew it.</summary>
/// <param name="Id">Replaces <c>{id}</c>.</param>
/// <param name="Template">What to send.</param>
/// <param name="KnownId">Replaces <c>{known}</c>; <see langword="null"/> when nothing is known yet.</param>
/// <param name="Fresh">Whether it uses a connection of its own, closed after the answer.</param>
/// <param name="ScheduledAt">When it is to be sent.</param>
internal sealed record PlannedRequest(string Id, RequestTemplate Template, string? KnownId, bool Fresh, long ScheduledAt)
{
    /// <summary>Gets whether it is one of a burst: it has no instant of its own in the schedule, so it cannot be late.</summary>
    public bool InBurst => OnSent is not null;

    /// <summary>Gets what hears that it was sent, or its connect begun; set for those of a burst only.</summary>
    public Action? OnSent { get; init; }

    public const string IdPlaceholder = "{id}";
    public const string KnownPlaceholder = "{known}";

    /// <summary>Puts the ids in the place of the placeholders.</summary>
    public string Fill(string text) =>
        text.Replace(IdPlaceholder, Id, StringComparison.Ordinal).Replace(KnownPlaceholder, KnownId, StringComparison.Ordinal);

    /// <summary>Whether a template needs the id of an earlier request.</summary>
    public static bool NeedsKnown(RequestTemplate template) => template.Holds(KnownPlaceholder);

    /// <summary>Whether each request of a template differs from the others.</summary>
    public static bool HasPlaceholder(RequestTemplate template) => template.Holds(IdPlaceholder) || template.Holds(KnownPlaceholder);
}
