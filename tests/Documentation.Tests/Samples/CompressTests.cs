using System.Runtime.Versioning;
using Quiesce;

namespace Documentation.Tests.Samples;

/// <summary>samples/1-Compress: whatever ends it but SIGKILL, the lock, the partial files and the child are gone.</summary>
[Trait("Size", "Full")]
[SupportedOSPlatform("linux")]
public sealed class CompressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _from;
    private readonly string _to;
    private readonly string _compressor;

    public CompressTests()
    {
        _from = Directory.CreateDirectory(Path.Combine(_folder.Path, "from")).FullName;
        _to = Path.Combine(_folder.Path, "to");
        foreach (string name in new[] { "a", "b" }) { File.WriteAllText(Path.Combine(_from, name), name); }

        // Compresses when the test writes a line; it inherits the program's streams.
        _compressor = Path.Combine(_folder.Path, "compressor");
        File.WriteAllText(_compressor, "#!/bin/sh\necho \"began $$\"\nread -r go && gzip \"$1\"\n");
        File.SetUnixFileMode(_compressor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData((int)ShutdownSignal.Terminate)]
    [InlineData((int)ShutdownSignal.Interrupt)]
    public async Task Signal_Twice_FinishesTheFileAndLeavesNothingBehind(int signal)
    {
        // Arrange
        await using ChildProcess compress = Start(grace: "30");
        await compress.Output.ContainingAsync("began");

        // Act
        compress.Send((ShutdownSignal)signal);
        await compress.Output.ContainingAsync("stopping");
        compress.Send((ShutdownSignal)signal);
        compress.WriteLine("go");

        // Assert
        Assert.Equal(0, await compress.ExitAsync());
        Assert.Equal(["a.gz"], Left());
    }

    [Fact]
    public async Task Sigterm_ChildNeverEnds_EndsItAndLeavesNothingBehind()
    {
        // Arrange
        await using ChildProcess compress = Start(grace: "5");
        string child = (await compress.Output.ContainingAsync("began")).Split(' ')[1];

        // Act
        compress.Send(ShutdownSignal.Terminate);

        // Assert
        Assert.Equal(ShutdownExitCode.WorkAbandoned, await compress.ExitAsync());
        Assert.Empty(Left());
        Assert.False(Directory.Exists($"/proc/{child}"));
    }

    [Fact]
    public async Task Sigkill_InTheMiddle_LeavesTheLockAndThePartialFile()
    {
        // Arrange: without this, the tests above could pass with no clean-up to do.
        await using ChildProcess compress = Start(grace: "30");
        await compress.Output.ContainingAsync("began");

        // Act
        compress.Send((ShutdownSignal)9);
        compress.WriteLine("go"); // for the child, which nobody has ended

        // Assert
        Assert.Equal(128 + 9, await compress.ExitAsync());
        Assert.Equal([".lock", ".partial"], Left());
    }

    public void Dispose() => _folder.Dispose();

    private ChildProcess Start(string grace) => ChildProcess.Start(
        "Compress", new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = grace }, _from, _to, _compressor);

    private IEnumerable<string?> Left() => Directory.EnumerateFileSystemEntries(_to).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
