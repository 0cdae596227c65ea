using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Compatibility.Tests.Frameworks;

/// <summary>A hub as somebody writes it.</summary>
internal sealed class OrderHub(SlowRequest slow) : Hub
{
    public async Task<string> Order(string item)
    {
        await slow.WorkAsync();
        return $"ordered {item}";
    }

    public async IAsyncEnumerable<string> Prices([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "a price";
        CancellationToken goodbye = Context.GoodbyeToken();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, goodbye).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        yield return "the last price";
    }
}
