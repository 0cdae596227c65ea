using Quiesce.Cli.Rehearse.Command;

namespace Quiesce.Cli.Tests.Command;

/// <summary>What the command prints without starting anything.</summary>
public sealed class RehearseCommandTests
{
    [Theory]
    [InlineData("haproxy", "check inter 500 fall 2")]
    [InlineData("nginx", "proxy_next_upstream off")]
    public async Task ShowConfig_Proxy_PrintsWhatItIsToldAndStartsNothing(string balancer, string line)
    {
        using var output = new StringWriter();
        var console = new CliConsole(output, TextWriter.Null, IsLive: false, IsColoured: false);

        int exitCode = await QuiesceTool.RunAsync(["rehearse", "--balancer", balancer, "--show-config"], console, TimeProvider.System);

        Assert.Equal(ExitCodes.Pass, exitCode);
        Assert.Contains(line, output.ToString());
    }

    [Theory]
    [InlineData("haproxy", "add server program-http2/i1 127.0.0.1:HTTP2-PORT check inter 500 fall 2 rise 1 proto h2 port PORT check-proto h1")]
    [InlineData("nginx", "listen 127.0.0.1:HTTP2-PORT http2")]
    public async Task ShowConfig_MixHasHttp2_HasAWayInForIt(string balancer, string line)
    {
        using var output = new StringWriter();
        var console = new CliConsole(output, TextWriter.Null, IsLive: false, IsColoured: false);
        using var folder = new TemporaryFolder();
        string mix = folder["mix.http"];
        File.WriteAllText(mix, "# @kind http2\nGET /\n");

        await QuiesceTool.RunAsync(["rehearse", "--balancer", balancer, "--requests", mix, "--show-config"], console, TimeProvider.System);

        Assert.Contains(line, output.ToString());
    }

    [Fact]
    public async Task Help_Always_NamesEveryOptionAndEveryExitCode()
    {
        using var output = new StringWriter();
        var console = new CliConsole(output, TextWriter.Null, IsLive: false, IsColoured: false);

        await QuiesceTool.RunAsync(["rehearse", "--help"], console, TimeProvider.System);

        string help = output.ToString();
        Assert.All(RehearseOptions.All, spec => Assert.Contains(spec.Name, help));
        Assert.Contains("quiesce rehearse -- node server.js", help);
        Assert.All(ExitCodes.Descriptions, item => Assert.Contains($"  {item.Code} ", help));
        Assert.All(help.Split('\n'), static line => Assert.InRange(line.Length, 0, 101));
    }
}
