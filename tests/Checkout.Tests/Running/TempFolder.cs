using Checkout.Data;

namespace Checkout.Tests.Running;

internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("checkout-");

    public string Root => _root.FullName;

    /// <summary>A data folder that does not exist yet.</summary>
    public string Data => Path.Combine(Root, "data");

    public DataFolder Create() => DataFolder.Create(Data);

    public void Dispose() => _root.Delete(recursive: true);
}
