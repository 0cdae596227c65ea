namespace Quiesce.Hosting.Tests.Lifetime;

internal sealed class ThrowingDisposal : IDisposable
{
    public void Dispose() => throw new InvalidOperationException("secret");
}
