using System.Diagnostics;
using Quiesce;

namespace AdversaryProgram.Exits;

/// <summary>A child process that outlives the program. It is not ours: nobody waits for it and nobody ends it.</summary>
internal sealed class ChildOfItsOwn : Adversary
{
    public override void Prepare(GracefulShutdown shutdown)
    {
        // Its input is a pipe to us, and it has neither of our outputs: who reads those sees our end, not the child's.
        var start = new ProcessStartInfo("sleep", "600") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Console.WriteLine($"child {Process.Start(start)!.Id}");
    }
}
