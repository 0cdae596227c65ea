namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Sends requests to a server inside the tool for a moment, so that the code of the load is compiled before the first request that counts.</summary>
/// <remarks>The compiler takes the cores, and the threads that keep the schedule, for the first half second of a load: at thousands of requests a second
/// hundreds were late by it. The program under rehearsal does not run yet.</remarks>
internal static class LoadWarmUp
{
    /// <summary>Requests a second below which the few that the compiler holds up change no figure.</summary>
    public const double FromRate = 1000;

    /// <summary>Enough for the compiler's second look, which comes after 30 calls and 100 ms without new code.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>Returns what was sent.</summary>
    /// <param name="rate">That of the rehearsal.</param>
    /// <param name="freshShare">That of the rehearsal.</param>
    /// <param name="time">The clock of the load.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<IReadOnlyList<RequestRecord>> RunAsync(double rate, double freshShare, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var server = new WarmUpServer();
        RequestTemplate template = new("GET", "/", [], Body: null, Weight: 1, HasEffect: false);
        var options = new LoadOptions(rate, freshShare, TimeSpan.FromSeconds(1), [template], Seed: 0);
        await using OpenLoopLoad load = OpenLoopLoad.Start(options, server, time);
        await Task.Delay(Duration, time, cancellationToken);
        await load.StopAsync();
        return load.Records;
    }
}
