using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Output.Progress;

/// <summary>Progress on standard error: a view that is redrawn on a terminal, plain lines elsewhere.</summary>
/// <remarks>Thread-safe. Disposing it ends the view; nothing is shown after that.</remarks>
internal sealed class RehearsalProgress : IRehearsalProgress, IDisposable
{
    private readonly IProgressDisplay _display;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();

    // All guarded by _lock, and so is the display.
    private ILoad? _load;
    private string _step = "", _phase = "";
    private TimeSpan _remaining;
    private long? _startedAt;
    private long _stepAt, _phaseAt;
    private bool _ended;

    public RehearsalProgress(IProgressDisplay display, TimeProvider time)
    {
        _display = display;
        _time = time;
        _timer = time.CreateTimer(_ => Show(), null, display.Period, display.Period);
    }

    public static RehearsalProgress On(CliConsole console, TimeProvider time) =>
        new(console.IsLive ? new LiveScreen(console) : new PlainLines(console.Error), time);

    public void Say(string text)
    {
        lock (_lock) { _display.Say(text); }
    }

    public void Step(string text, TimeSpan remaining)
    {
        lock (_lock)
        {
            (_step, _phase, _remaining) = (text, "", remaining);
            _stepAt = _phaseAt = _time.GetTimestamp();
            _startedAt ??= _stepAt;
        }

        Show();
        _timer.Change(_display.Period, _display.Period); // A step that was just told need not be told again at once.
    }

    public void Phase(string text)
    {
        lock (_lock) { (_phase, _phaseAt) = (text, _time.GetTimestamp()); }
        if (_display.ShowsPhases) { Show(); }
    }

    public void Watch(ILoad load)
    {
        lock (_lock) { _load = load; }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            if (_ended) { return; }
            _ended = true;
            _display.End();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_ended && _step.Length > 0) { _display.Show(StateLocked()); }
        }
    }

    private ProgressState StateLocked() => new(
        _step,
        _phase,
        _time.GetElapsedTime(_phaseAt),
        _time.GetElapsedTime(_startedAt ?? _stepAt),
        _remaining - _time.GetElapsedTime(_stepAt),
        _load is null ? null : ProgressFigures.Of(_load));
}
