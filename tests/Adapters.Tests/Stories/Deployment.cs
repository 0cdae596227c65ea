using Adapters.Tests.RabbitMQ;
using Adapters.Tests.Servers;

namespace Adapters.Tests.Stories;

/// <summary>A queue full of messages, a consumer that leaves in the middle of it, and its successor, which works off what is left.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    public const int Killed = 128 + Kill;

    // Concurrency, Prefetch and which are held: ConsumerProgram's.
    private const int Messages = 400, Free = 200, Concurrency = 10, Prefetch = 40, Kill = 9;
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(30);

    // Held before their effect, and after it, by the order in which they began.
    private static readonly int[] _before = [201, 202, 203, 204, 205], _after = [206, 207, 208, 209, 210];

    private readonly string[] _ids = [.. Enumerable.Range(0, Messages).Select(static id => $"message {id:000}")];
    private readonly Broker _broker;
    private readonly EffectTable _effects;
    private readonly string[] _arguments;
    private readonly ChildProcess _leaver;

    private Deployment(Broker broker, EffectTable effects, params string[] arguments)
    {
        (_broker, _effects, _arguments) = (broker, effects, arguments);
        _leaver = Start(Free);
    }

    private string Acknowledged => _arguments[0];

    /// <summary>Gets how many messages wait for a consumer when ten are held: the broker has sent all others, or as many as the prefetch allows.</summary>
    private int ReadyInFlight => Acknowledged switch
    {
        "sent" => 0,
        "begun" => Messages - Free - Concurrency - Prefetch,
        _ => Messages - Free - Prefetch,
    };

    /// <summary>Gets how many wait once the drain has begun: the adapter has given back what it has not begun.</summary>
    private int ReadyInDrain => Acknowledged is "sent" or "begun" ? ReadyInFlight : Messages - Free - Concurrency;

    public static async Task<Deployment> StartAsync(RabbitMqServer rabbit, PostgreSqlServer postgres, string acknowledged)
    {
        Broker broker = await Broker.StartAsync(rabbit);
        string database = await postgres.ConnectionStringAsync();
        EffectTable effects = await EffectTable.CreateAsync(database);
        var deployment = new Deployment(broker, effects, acknowledged, $"{await rabbit.PortAsync()}", broker.Queue, database, effects.Name);
        await broker.PublishAsync(deployment._ids);
        return deployment;
    }

    /// <summary>Waits until ten messages are held, and the broker has sent everything else that it sends.</summary>
    public async Task InFlightAsync()
    {
        foreach (int number in _before) { await _leaver.Output.ContainingAsync($"{number} is held before its effect"); }
        foreach (int number in _after) { await _leaver.Output.ContainingAsync($"{number} is held after its effect"); }

        await ReadyAsync(ReadyInFlight);
    }

    /// <summary>Lets it leave in peace.</summary>
    /// <returns>Its exit code, within the grace.</returns>
    public async Task<int> TerminateAsync()
    {
        await BeginDrainAsync();
        _leaver.WriteLine("all");
        int exitCode = await _leaver.ExitAsync(_grace);
        await ReadyAsync(ReadyInDrain);
        return exitCode;
    }

    /// <summary>Kills it when two of either kind have ended in the drain, and three of either kind have not.</summary>
    public async Task<int> KillInTheDrainAsync()
    {
        await BeginDrainAsync();
        int[] ending = [.. _before[..2], .. _after[..2]];
        foreach (int number in ending) { _leaver.WriteLine($"{number}"); }

        await _leaver.Output.ContainingAsync($"ended {Free + ending.Length}:");
        return await KillAsync();
    }

    /// <summary>Kills it, and waits until the broker has noticed.</summary>
    public async Task<int> KillAsync()
    {
        uint ready = await _broker.ReadyAsync();
        _leaver.Send((ShutdownSignal)Kill);
        int exitCode = await _leaver.ExitAsync();

        // What was not acknowledged comes back, all at once.
        if (Acknowledged != "sent") { await ReadyAsync(now => now > ready, $"more than {ready}"); }

        return exitCode;
    }

    /// <summary>Starts the successor, which leaves in peace when it has worked off what is left.</summary>
    /// <returns>How many messages that were.</returns>
    public async Task<int> SucceedAsync()
    {
        int left = (int)await _broker.ReadyAsync();
        await using ChildProcess successor = Start(int.MaxValue);
        await successor.Output.ContainingAsync(left == 0 ? "ready" : $"ended {left}:");
        successor.Send(ShutdownSignal.Terminate);
        Assert.True(await successor.ExitAsync(_grace) == ShutdownExitCode.Clean, successor.Output.All);
        await ReadyAsync(0);
        return left;
    }

    public async Task<(int Lost, int Doubled)> CountAsync()
    {
        IReadOnlyList<string> effects = await _effects.ReadAsync();
        return (_ids.Except(effects).Count(), effects.Count - effects.Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _leaver.DisposeAsync();
        await _effects.DisposeAsync();
        await _broker.DisposeAsync();
    }

    /// <summary>The signal. What the adapter has fetched and not begun is back while ten are still in flight.</summary>
    private async Task BeginDrainAsync()
    {
        _leaver.Send(ShutdownSignal.Terminate);
        await _leaver.Output.ContainingAsync("draining");
        await ReadyAsync(ReadyInDrain);
    }

    private Task ReadyAsync(int count) => ReadyAsync(ready => ready == count, $"{count}");

    /// <summary>Looks until so many messages wait for a consumer: the broker tells nobody.</summary>
    private async Task ReadyAsync(Func<uint, bool> condition, string expected)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (await _broker.ReadyAsync() is var ready && !condition(ready))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TestTimeouts.Hang, $"{ready} messages wait for a consumer, and not {expected}.");
        }
    }

    private ChildProcess Start(int free)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(AppContext.BaseDirectory, "..", "..", "ConsumerProgram", configuration, "ConsumerProgram");
        return ChildProcess.StartCommand(
            ["env", "--default-signal=INT,QUIT,TERM,HUP", program, .. _arguments, $"{free}"],
            new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = $"{_grace.TotalSeconds}" });
    }
}
