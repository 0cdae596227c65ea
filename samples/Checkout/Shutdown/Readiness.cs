namespace Checkout.Shutdown;

/// <summary>Whether balancers shall still choose this instance.</summary>
internal sealed class Readiness
{
    private volatile bool _isLeaving;

    public bool IsLeaving => _isLeaving;

    public void Leave() => _isLeaving = true;
}
