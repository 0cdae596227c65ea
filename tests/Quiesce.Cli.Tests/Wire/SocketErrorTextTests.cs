using System.Net.Sockets;
using Quiesce.Cli.Rehearse.Wire;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Whose fault an error is.</summary>
public class SocketErrorTextTests
{
    [Theory]
    [InlineData(SocketError.AddressNotAvailable, true)]
    [InlineData(SocketError.TooManyOpenSockets, true)]
    [InlineData(SocketError.ConnectionRefused, false)]
    [InlineData(SocketError.ConnectionReset, false)]
    public void IsOwnShortage_Error_TellsTheMachineFromTheServer(SocketError error, bool expected)
    {
        // Act
        bool ownShortage = SocketErrorText.IsOwnShortage(new SocketException((int)error));

        // Assert
        Assert.Equal(expected, ownShortage);
    }
}
