namespace Quiesce.Schedules;

/// <summary>How a participant behaves in one phase.</summary>
/// <param name="Manner">Whether it hears its token, and what it holds meanwhile.</param>
/// <param name="Takes">Milliseconds until it ends by itself; <see langword="null"/> for never.</param>
/// <param name="Reacts">Milliseconds from its cancellation to its end, if it hears it.</param>
/// <param name="Throws">Whether it ends by an exception.</param>
/// <param name="Deed">What else it does as it begins.</param>
/// <param name="Limit">Its explicit limit in milliseconds.</param>
internal sealed record StepScript(Manner Manner, int? Takes, int Reacts = 0, bool Throws = false, Deed Deed = Deed.None, int? Limit = null)
{
    public override string ToString() =>
        $"({Manner}, takes {Takes?.ToString() ?? "for ever"}, reacts {Reacts}{(Throws ? ", throws" : "")}{(Deed == Deed.None ? "" : $", {Deed}")}{(Limit is null ? "" : $", limit {Limit}")})";
}
