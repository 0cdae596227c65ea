using System.Text.RegularExpressions;
using Quiesce.Cli.Rehearse.Balancers.Proxies;
using Quiesce.Cli.Tests.Command;

namespace Quiesce.Cli.Tests.Balancers.Proxies;

public sealed partial class HaproxyConfigurationTests
{
    /// <summary>From one address they would pass for one, and a service that leaves would take what it has told both together for enough.</summary>
    [Fact]
    public void Show_TwoBackendsCheckAnInstance_EachSaysWhichItIs()
    {
        string shown = HaproxyConfiguration.Show(Settings.Read("--ready", "/readyz").Ready, http2: true);

        string[] agents = [.. Agents().Matches(shown).Select(static match => match.Groups[1].Value)];
        Assert.Equal(2, agents.Length);
        Assert.Equal(2, agents.Distinct().Count());
    }

    [GeneratedRegex(@"http-check send hdr User-Agent (\S+)")]
    private static partial Regex Agents();
}
