namespace AdversaryProgram.Exits;

/// <summary>Main itself does not come to its end: the disposal of something of its own hangs.</summary>
internal sealed class HungMain : Adversary
{
    public override void Leave() => Wait.ForEver();
}
