using System.Runtime.Versioning;
using Checkout.Data;
using Checkout.Tests.Running;

namespace Checkout.Tests.Data;

public sealed class DataFolderTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")] // the service refuses to run there
    public void Create_Missing_IsForItsOwnerOnly()
    {
        using TempFolder temp = new();

        DataFolder folder = DataFolder.Create(temp.Data);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.FullPath));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void Create_NotAFolder_SaysSo()
    {
        using TempFolder temp = new();
        string file = Path.Combine(temp.Root, "file");
        File.WriteAllText(file, "");

        UsageException exception = Assert.Throws<UsageException>(() => DataFolder.Create(Path.Combine(file, "data")));

        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }
}
