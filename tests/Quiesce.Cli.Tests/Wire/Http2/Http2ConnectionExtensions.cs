using Quiesce.Cli.Rehearse.Wire.Http2;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire.Http2;

internal static class Http2ConnectionExtensions
{
    /// <summary>Returns once the server's settings are in force: it said them before it answers.</summary>
    public static async Task PingOrHangAsync(this Http2Connection connection) =>
        Assert.Null(await connection.PingAsync(CancellationToken.None).WaitAsync(TestTimeouts.Hang));
}
