using Quiesce.AspNetCore.Listeners;
using Quiesce.TestSupport;

namespace Quiesce.AspNetCore.Tests.Listeners;

public sealed class HandshakesTests
{
    // As the kernel writes it, without the columns behind the state: a listener on 8080, a handshake with it, a connection to 9090.
    private const string Table = """
          sl  local_address rem_address   st
           0: 0100007F:1F90 00000000:0000 0A
           1: 0100007F:1F90 0100007F:D2A4 03
           2: 0100007F:2382 0100007F:D2A6 01
        """;

    [Theory]
    [InlineData(8080, true)]
    [InlineData(9090, false)]
    [InlineData(80, false)]
    public void Lists_TableOfTheKernel_FindsTheHandshakesOfThePort(int port, bool expected)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "tcp");
        File.WriteAllText(file, Table);

        Assert.Equal(expected, Handshakes.Lists(file, port));
    }

    [Fact]
    public void Lists_KernelDoesNotSay_ThereMayBeOne()
    {
        using var folder = new TemporaryFolder();

        Assert.True(Handshakes.Lists(folder.Path, port: 8080));
        Assert.False(Handshakes.Lists(Path.Combine(folder.Path, "tcp6"), port: 8080));
    }
}
