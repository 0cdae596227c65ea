using System.Collections.Concurrent;
using System.Globalization;

namespace ConsumerProgram;

/// <summary>Holds handlers until the test lets them go, so that it knows at the signal what is in flight.</summary>
/// <remarks>The first so many run free. Of the next ten, five are held before their effect and five after it; all that come later are held before it. They
/// are numbered as they begin, so that nothing depends on the order in which messages come. Thread-safe.</remarks>
internal sealed class Holds(int free)
{
    private const int Before = 5, After = 5;

    private readonly ConcurrentDictionary<int, TaskCompletionSource> _released = new();
    private readonly TaskCompletionSource _allReleased = NewSource();
    private int _begun;
    private int _ended;

    /// <summary>Numbers a handler.</summary>
    public int Begin() => Interlocked.Increment(ref _begun);

    public Task BeforeEffectAsync(int number, CancellationToken stop) =>
        number <= free || IsHeldAfter(number) ? Task.CompletedTask : HoldAsync(number, "before", stop);

    public Task AfterEffectAsync(int number, CancellationToken stop) => IsHeldAfter(number) ? HoldAsync(number, "after", stop) : Task.CompletedTask;

    /// <summary>Counts the handlers that have ended. The acknowledgement may be still to come.</summary>
    public void End() => Console.WriteLine($"ended {Interlocked.Increment(ref _ended)}:");

    /// <summary>Lets go whom the lines name: a number, or all, those that come later too.</summary>
    public void Obey(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            if (line == "all") { _allReleased.TrySetResult(); }
            else { Released(int.Parse(line, CultureInfo.InvariantCulture)).TrySetResult(); }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsHeldAfter(int number) => number - free is > Before and <= Before + After;

    private TaskCompletionSource Released(int number) => _released.GetOrAdd(number, static _ => NewSource());

    private async Task HoldAsync(int number, string where, CancellationToken stop)
    {
        Console.WriteLine($"{number} is held {where} its effect");
        await Task.WhenAny(_allReleased.Task, Released(number).Task).WaitAsync(stop);
    }
}
