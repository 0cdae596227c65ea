using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Checkout.Sweeping;

internal sealed partial class Sweeper
{
    // Touched by the sweeper's thread only.
    private bool _saidThatItWaits;

    /// <summary>Asks for the lock. The kernel gives it up when its holder ends, even by SIGKILL.</summary>
    private bool TryTakeLock([NotNullWhen(true)] out FileStream? lockFile)
    {
        try
        {
            lockFile = new FileStream(folder.SweeperLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            lockFile.SetLength(0);
            lockFile.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
            lockFile.Flush(); // for the person who wonders which process it is
            LogLockTaken();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            lockFile = null;
            if (!_saidThatItWaits) { LogLockAwaited(exception.Message); }
            _saidThatItWaits = true;
            return false;
        }
    }

    private void Sweep()
    {
        try
        {
            store.SettlePayments(options.Value.BatchSize);
        }
        catch (Exception exception)
        {
            // An exception that leaves a thread ends the process; the next sweep finds what this one left.
            LogSweepFailed(exception);
        }
    }
}
