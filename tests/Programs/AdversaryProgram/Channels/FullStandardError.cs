using Quiesce;

namespace AdversaryProgram.Channels;

/// <summary>Standard error is full, and a thread holds its lock while it waits for a reader. Then Main hangs.</summary>
internal sealed class FullStandardError : Adversary
{
    public override void Prepare(GracefulShutdown shutdown) =>
        new Thread(static () => Console.Error.Write(new string((char)120, 1 << 24))) { IsBackground = true }.Start();

    public override void Leave() => Wait.ForEver();
}
