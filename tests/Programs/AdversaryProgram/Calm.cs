namespace AdversaryProgram;

/// <summary>No adversary: what comes from outside is hard enough.</summary>
internal sealed class Calm : Adversary;
