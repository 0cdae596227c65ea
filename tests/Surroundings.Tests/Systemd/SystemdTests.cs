using System.Globalization;

namespace Surroundings.Tests.Systemd;

/// <summary>A real systemd starts and stops real services.</summary>
[Trait("Size", "Full")]
public sealed class SystemdTests(SystemdMachine machine) : IClassFixture<SystemdMachine>
{
    [Theory]
    [InlineData("calm")]
    [InlineData("shop")] // the unit of docs/platforms.md
    public async Task Notify_ServiceIsStartedAndStopped_IsActiveOnceReadyAndEndsWithSuccess(string unit)
    {
        // Act: start returns when READY has come
        await machine.DoAsync("systemctl", "start", unit);
        string active = await machine.ShowAsync(unit, "ActiveState");
        string status = await machine.ShowAsync(unit, "StatusText");
        await machine.DoAsync("systemctl", "stop", unit);

        // Assert
        Assert.Equal(("active", "Ready"), (active, status));
        Assert.Equal(("success", "0"), await EndOfAsync(unit));
    }

    [Fact]
    public async Task TimeoutStopSec_IsShorterThanTheShutdown_IsHonoured()
    {
        // Act
        await machine.DoAsync("systemctl", "start", "long");
        await machine.DoAsync("systemctl", "stop", "long");

        // Assert: killed with signal 9
        Assert.Equal(("timeout", "9"), await EndOfAsync("long"));
    }

    [Fact]
    public async Task TimeoutStopSec_IsExtended_TheServiceEndsByItself()
    {
        // Act
        await machine.DoAsync("systemctl", "start", "extended");
        await machine.DoAsync("systemctl", "stop", "extended");

        // Assert
        Assert.Equal(("exit-code", ShutdownExitCode.ReleaseFailed.ToString(CultureInfo.InvariantCulture)), await EndOfAsync("extended"));
    }

    [Fact]
    public async Task Socket_FirstConnectionStartsTheService_ServesAndAgainAfterAStop()
    {
        // Act
        await machine.DoAsync("systemctl", "start", "web.socket");
        string first = await machine.DoAsync("curl", "--silent", "--max-time", "20", "http://127.0.0.1:5080/");
        await machine.DoAsync("systemctl", "stop", "web.service");
        (string Result, string Code) end = await EndOfAsync("web.service");
        string second = await machine.DoAsync("curl", "--silent", "--max-time", "20", "http://127.0.0.1:5080/");

        // Assert
        Assert.Equal(("hello", "hello"), (first, second));
        Assert.Equal(("success", "0"), end);
    }

    private async Task<(string Result, string Code)> EndOfAsync(string unit) =>
        (await machine.ShowAsync(unit, "Result"), await machine.ShowAsync(unit, "ExecMainStatus"));
}
