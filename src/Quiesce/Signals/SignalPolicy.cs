namespace Quiesce;

/// <summary>Decides what each signal means. Pure: no clock, no process.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>signal</term><description>first, second, third</description></listheader>
/// <item><term>SIGTERM, SIGQUIT</term><description>begin, ignore, ignore: an orchestrator repeats itself, and a repeat must not
/// shorten the drain.</description></item>
/// <item><term>SIGINT without a terminal</term><description>as SIGTERM.</description></item>
/// <item><term>SIGINT on a terminal</term><description>begin without an announce (or end the announce that SIGTERM began), skip the
/// rest of the drain, exit at once: a person is waiting.</description></item>
/// <item><term>SIGHUP</term><description>on a terminal as SIGINT, else ignored: daemons are asked to reload that way.</description></item>
/// </list>
/// <see cref="SignalOptions"/> may take the escalation out, and decide about SIGHUP.
/// Not thread-safe: the owner calls it under its lock.
/// </remarks>
internal sealed class SignalPolicy(bool terminalAttached, SignalOptions options)
{
    private readonly bool _personMayHurry = terminalAttached && options.EscalateOnTerminal;
    private readonly bool _hangupStops = options.StopOnHangup ?? terminalAttached;

    private bool _begun;
    private int _personCount;

    public SignalAction Next(ShutdownSignal signal)
    {
        if (signal == ShutdownSignal.Hangup && !_hangupStops) { return SignalAction.Ignore; }

        bool person = _personMayHurry && signal is (ShutdownSignal.Interrupt or ShutdownSignal.Hangup);
        if (person) { return NextOfPerson(); }

        if (_begun) { return SignalAction.Ignore; }

        _begun = true;
        return SignalAction.Begin;
    }

    private SignalAction NextOfPerson()
    {
        _personCount++;
        bool first = !_begun;
        _begun = true;
        return _personCount switch
        {
            1 when first => SignalAction.BeginForPerson,
            1 => SignalAction.SkipAnnounce,
            2 => SignalAction.SkipDrain,
            _ => SignalAction.ExitNow,
        };
    }
}
