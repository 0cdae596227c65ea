using Quiesce.AspNetCore.Tests.Support;

namespace Quiesce.AspNetCore.Tests.Announcing;

public sealed class PreStopTests
{
    private const string Variable = "QUIESCE_PRESTOP_SLEEP";

    [Theory]
    [InlineData("5", "00:00:10", true)]
    [InlineData("00:00:05", "00:00:10", true)]
    [InlineData("0", "00:00:10", false)]
    [InlineData("5", "00:00:00", false)]
    public async Task Start_PreStopSleepAndAnnounceAreDeclared_WarnsOfBoth(string sleep, string announce, bool warns)
    {
        await using WebUnderTest web = await WebUnderTest.StartAsync(static _ => { }, builder =>
        {
            builder.Configuration[Variable] = sleep;
            builder.Configuration["GracefulShutdown:Announce:Maximum"] = announce;
        });

        Assert.Equal(warns, web.Process.Logs.Lines.All.Contains("Warning: QUIESCE_PRESTOP_SLEEP says that a preStop hook sleeps for 5 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_PreStopSleepIsNoDuration_IsRefused()
    {
        ShutdownConfigurationException refusal = await WebUnderTest.RefusalAsync(static builder => builder.Configuration[Variable] = "soon");

        Assert.Contains("QUIESCE_PRESTOP_SLEEP is 'soon', which is no duration. Use seconds ('30') or a TimeSpan ('00:00:30').", refusal.Message, StringComparison.Ordinal);
    }
}
