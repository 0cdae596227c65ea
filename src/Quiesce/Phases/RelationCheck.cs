namespace Quiesce;

/// <summary>Whether the relations between participants make sense.</summary>
internal static class RelationCheck
{
    /// <summary>Looks at all of them.</summary>
    /// <param name="participants">The participants, among them the work in flight.</param>
    /// <returns>A sentence or two for each relation to nobody, each circle, each list that cannot be read.</returns>
    public static IReadOnlyList<string> Run(IReadOnlyList<IShutdownParticipant> participants) =>
        NobodyNamesAnother(participants) ? [] : ParticipantGraph.Build(participants).Problems;

    /// <summary>Most services relate no two participants by name, and the start of each would pay for a graph that can have no mistake in it: wildcards
    /// never close a circle, and the work in flight is always there and names nobody.</summary>
    private static bool NobodyNamesAnother(IReadOnlyList<IShutdownParticipant> participants)
    {
        try
        {
            foreach (IShutdownParticipant participant in participants)
            {
                foreach (string name in participant.Uses)
                {
                    if (name is not (ParticipantUses.Everything or ParticipantUses.Nothing or WorkParticipant.ParticipantName)) { return false; }
                }
            }

            return true;
        }
        catch (Exception)
        {
            return false; // foreign code: the graph says whose
        }
    }
}
