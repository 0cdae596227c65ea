namespace Adapters.Tests.Contract;

/// <summary>What the contract asks of every adapter: one kind of unit, on a real server, through a network that can be broken.</summary>
internal interface IAdapterUnderTest : IAsyncDisposable
{
    /// <summary>Makes a unit run; completes when it has begun. It ends when <see cref="Finish"/> says so, or when it is cancelled.</summary>
    Task BeginAsync(string id);

    /// <summary>Offers a unit when the sources are shut. Returns whether it was begun.</summary>
    Task<bool> OfferAsync(string id);

    /// <summary>Lets the running unit do its work, and end.</summary>
    void Finish();

    /// <summary>Returns whether the work was done: settled with the server, for good.</summary>
    Task<bool> IsDoneAsync(string id);

    /// <summary>Returns whether somebody else can do the work: nothing of it is left, and nothing is locked.</summary>
    Task<bool> IsBackAsync(string id);

    /// <summary>Resets the connections to the server.</summary>
    void CutNetwork();

    /// <summary>Makes the network swallow everything.</summary>
    void HangNetwork();

    /// <summary>Releases what the adapter holds once more.</summary>
    Task ReleaseAgainAsync();

    /// <summary>Waits for evidence that the adapter's sign of life has been given several times.</summary>
    Task SignsOfLifeAsync();
}
