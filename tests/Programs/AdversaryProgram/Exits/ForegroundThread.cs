namespace AdversaryProgram.Exits;

/// <summary>A foreground thread that goes on after Main.</summary>
internal sealed class ForegroundThread : Adversary
{
    public override void Leave() => new Thread(Wait.ForEver).Start();
}
