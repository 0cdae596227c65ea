using Quiesce;

namespace AdversaryProgram.Starvation;

/// <summary>A hundred blocked items, queued before the signal: nothing of ours gets a pool thread any more.</summary>
internal sealed class StarvedPool : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        for (int i = 0; i < 100; i++) { ThreadPool.QueueUserWorkItem(static _ => Wait.ForEver()); }
    }
}
