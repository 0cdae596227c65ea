using System.Globalization;
using Quiesce.Cli.Rehearse.Deployments;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Rehearse.Output;

/// <summary>Progress on standard error: one line that is redrawn on a terminal, plain lines elsewhere.</summary>
/// <remarks>Thread-safe. Nothing but the one line is changed on the terminal, so there is nothing to restore but that line.</remarks>
internal sealed class ProgressLine : IRehearsalProgress, IDisposable
{
    // Live: as often as an eye follows. Plain: a pipeline's log is read later and should stay short.
    private static readonly TimeSpan _live = TimeSpan.FromMilliseconds(500), _plain = TimeSpan.FromSeconds(10);
    private const string Erase = "\r\x1b[K";

    private readonly CliConsole _console;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly TimeSpan _period;
    private readonly Lock _lock = new();

    // All guarded by _lock.
    private ILoad? _load;
    private string _step = "";
    private TimeSpan _remaining;
    private long _stepAt;
    private bool _ended;

    public ProgressLine(CliConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _period = console.IsLive ? _live : _plain;
        _timer = time.CreateTimer(_ => Draw(), null, _period, _period);
    }

    public void Say(string text)
    {
        lock (_lock) { _console.Error.WriteLine(_console.IsLive ? Erase + text : text); }
    }

    public void Step(string text, TimeSpan remaining)
    {
        lock (_lock) { (_step, _remaining, _stepAt) = (text, remaining, _time.GetTimestamp()); }
        Draw();
        _timer.Change(_period, _period); // A step that was just told need not be told again at once.
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
            if (_console.IsLive) { _console.Error.Write(Erase); }
        }
    }

    private void Draw()
    {
        lock (_lock)
        {
            if (_ended || _step.Length == 0) { return; }
            string line = Describe();
            if (_console.IsLive) { _console.Error.Write(Erase + line[..Math.Min(line.Length, _console.LiveWidth)]); }
            else { _console.Error.WriteLine(line); }
        }
    }

    private string Describe()
    {
        TimeSpan left = _remaining - _time.GetElapsedTime(_stepAt);
        string time = left > TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $", about {left.TotalSeconds:F0} s left") : "";
        return $"{_step}{time}{Figures()}";
    }

    private string Figures()
    {
        if (_load is not { } load) { return ""; }
        IReadOnlyList<RequestRecord> records = load.Records;
        int failures = records.Count(static record => record.Outcome != OutcomeClass.Ok);
        return string.Create(CultureInfo.InvariantCulture, $"; requests {records.Count:N0}, failures {failures:N0}, in flight {load.InFlight}");
    }
}
