using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Readiness;

namespace Quiesce.Cli.Tests.Command;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Read_NothingGiven_HasTheDefaults()
    {
        RehearseSettings settings = Settings.Read();

        Assert.Equal(BalancerKind.Kube, settings.Balancer);
        Assert.Equal(new SecondsRange(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(2)), settings.EndpointLag);
        Assert.Equal((3, 150d, 0.2, 16), (settings.Deployments, settings.Rate, settings.FreshShare, settings.Connections));
        Assert.Equal((TimeSpan.FromSeconds(30), StopSignal.Term), (settings.Grace, settings.Signal));
        Assert.Empty(settings.Templates); // To be found once the program runs.
        Assert.Equal((OrchestratorKind.Kubernetes, false), (settings.Orchestrator, settings.SignalsEveryProcess));
        Assert.True(settings.Baselines);
        Assert.Equal([0, 143], settings.AcceptedExitCodes);
        Assert.Equal("program", settings.Title);
    }

    [Fact]
    public void Read_EverythingGiven_IsTaken()
    {
        RehearseSettings settings = Settings.Read(
            "--balancer", "none", "--deployments", "7", "--grace", "5", "--signal", "SIGINT", "--port", "8080", "--accept-exit", "0,143",
            "--request", "GET /a", "--request", "POST /b", "--env", "A=1", "--env", "B=", "--seed", "42", "--no-baselines", "--title", "mine");

        Assert.Equal((BalancerKind.None, 7, 8080, 42), (settings.Balancer, settings.Deployments, settings.Port, settings.Seed));
        Assert.Equal(StopSignal.Int, settings.Signal);
        Assert.Equal(["GET /a", "POST /b"], settings.Templates.Select(static template => template.Name));
        Assert.Equal(("1", ""), (settings.Environment["A"], settings.Environment["B"]));
        Assert.Equal([0, 143], settings.AcceptedExitCodes.Order());
        Assert.False(settings.Baselines);
    }

    [Theory]
    [InlineData("kubernetes", "Kube", 30, false)]
    [InlineData("docker", "None", 10, false)]
    [InlineData("systemd", "None", 90, true)]
    public void Read_Orchestrator_SetsTheDefaults(string orchestrator, string balancer, double grace, bool every)
    {
        RehearseSettings settings = Settings.Read("--orchestrator", orchestrator);

        Assert.Equal(
            (balancer, grace, every, StopSignal.Term),
            (settings.Balancer.ToString(), settings.Grace.TotalSeconds, settings.SignalsEveryProcess, settings.Signal));
    }

    [Fact]
    public void Read_OrchestratorAndItsOptions_TheOptionsWin()
    {
        RehearseSettings settings = Settings.Read("--orchestrator", "docker", "--balancer", "kube", "--grace", "25", "--signal", "QUIT");

        Assert.Equal((BalancerKind.Kube, 25d), (settings.Balancer, settings.Grace.TotalSeconds));
        Assert.Equal([0, 131], settings.AcceptedExitCodes.Order());
    }

    [Theory]
    [InlineData("HUP", 1)]
    [InlineData("usr1", 10)]
    [InlineData("SIGUSR2", 12)]
    [InlineData("WINCH", 28)]
    [InlineData("PWR", 30)]
    [InlineData("SIGRTMIN+3", 37)]
    public void Read_Signal_IsAnyThatAsksAProgramToLeave(string signal, int number)
    {
        RehearseSettings settings = Settings.Read("--signal", signal);

        Assert.Equal(number, (int)settings.Signal);
        Assert.Equal([0, 128 + number], settings.AcceptedExitCodes.Order());
    }

    [Theory]
    [InlineData("/readyz", "Http", "http://127.0.0.1:81/readyz")]
    [InlineData("http://127.0.0.1:{port}/up", "Http", "http://127.0.0.1:81/up")]
    [InlineData("http://127.0.0.1:9000/up", "Http", "http://127.0.0.1:9000/up")]
    [InlineData("tcp", "Tcp", null)]
    [InlineData("line:Listening on", "Line", null)]
    public void Read_Ready_IsAPathAUrlAConnectionOrALine(string text, string kind, string? url)
    {
        ReadinessRule rule = Settings.Read("--ready", text).Ready;

        Assert.Equal(kind, rule.Kind.ToString());
        Assert.Equal(url, rule.Kind == ReadinessKind.Http ? rule.UrlFor(81).ToString() : null);
    }

    [Fact]
    public void Read_ShortGraceAlone_ShrinksTheDefaultLagOnly()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Settings.Read("--grace", "2").EndpointLag.Max);
        Assert.Contains("--endpoint-lag (0.2..2 s) is not shorter than --grace (2 s)", Settings.MistakeIn("--grace", "2", "--endpoint-lag", "0.2..2"));
    }

    [Theory]
    [InlineData("--rate is '0'", "--rate", "0")]
    [InlineData("--fresh-share is '1.5'", "--fresh-share", "1.5")]
    [InlineData("--connections is '-1'", "--connections", "-1")]
    [InlineData("--deployments is '0'", "--deployments", "0")]
    [InlineData("--deployments is '2.5'", "--deployments", "2.5")]
    [InlineData("--grace is '30s'", "--grace", "30s")]
    [InlineData("--ready is 'readyz'", "--ready", "readyz")]
    [InlineData("--ready is 'line:'", "--ready", "line:")]
    [InlineData("--orchestrator is 'nomad'", "--orchestrator", "nomad")]
    [InlineData("--endpoint-lag is '2..1'", "--endpoint-lag", "2..1")]
    [InlineData("--signal is '15'", "--signal", "15")]
    [InlineData("--signal is 'STOP'", "--signal", "STOP")]
    [InlineData("--signal is 'TERM,INT'", "--signal", "TERM,INT")]
    [InlineData("--balancer is 'traefik'", "--balancer", "traefik")]
    [InlineData("--accept-exit holds '300'", "--accept-exit", "0,300")]
    [InlineData("--env is 'A'", "--env", "A")]
    [InlineData("--network-delay is '1s'", "--network-delay", "1s")]
    [InlineData("--network-delay is '1001'", "--network-delay", "1001")]
    [InlineData("--ledger is 'orders'", "--ledger", "orders")]
    [InlineData("--beside is empty", "--beside", " ")]
    [InlineData("--beside is empty", "--beside", "./worker", "--beside", "")]
    [InlineData("--settle is '-1'; use a number of seconds from 0 to 600", "--settle", "-1")]
    [InlineData("--settle is '601'", "--settle", "601")]
    [InlineData("--settle is '5s'", "--settle", "5s")]
    [InlineData("--request is 'GET'", "--request", "GET")]
    [InlineData("leave scheme and host out", "--request", "GET http://localhost/")]
    [InlineData("there is no directory", "--json", "/no/such/directory/report.json")]
    public void Read_ImpossibleValue_NamesOptionAndValue(string text, params string[] options) => Assert.Contains(text, Settings.MistakeIn(options));

    [Theory]
    [InlineData("--endpoint-lag belongs to --balancer kube or nginx", "--balancer", "none", "--endpoint-lag", "1..2")]
    [InlineData("--balancer is haproxy: it learns from its health checks", "--balancer", "haproxy", "--endpoint-lag", "1..2")]
    [InlineData("--instances 2 needs a balancer", "--balancer", "none", "--instances", "2")]
    [InlineData("--show-config shows what haproxy or nginx is told", "--show-config")]
    [InlineData("--port 8080 belongs to --balancer none", "--port", "8080")]
    [InlineData("--request and --requests both give the mix", "--request", "GET /", "--requests", "/no/such")]
    [InlineData("--rate was given 2 times (10, 20)", "--rate", "10", "--rate", "20")]
    [InlineData("--env sets A twice ('1' and '2')", "--env", "A=1", "--env", "A=2")]
    [InlineData("The ledger 'x' is given 2 times", "--ledger", "x=a", "--ledger-command", "x=b")]
    [InlineData("no request is marked '# @effect'", "--ledger", "orders=file")]
    [InlineData("--settle 5 waits until the ledgers hold what was acknowledged, and there is none", "--settle", "5")]
    [InlineData("--settle was given 2 times (5, 6)", "--settle", "5", "--settle", "6", "--ledger", "x=a")]
    [InlineData("asks for {known}", "--request", "GET /orders/{known}", "--request", "GET /")]
    public void Read_Contradiction_NamesBoth(string text, params string[] options) => Assert.Contains(text, Settings.MistakeIn(options));

    [Theory]
    [InlineData(0)]
    [InlineData(20, "--network-delay", "20ms")]
    [InlineData(7, "--network-delay", "7")]
    public void Read_NetworkDelay_IsMilliseconds(int milliseconds, params string[] options) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Settings.Read(options).NetworkDelay);

    [Fact]
    public void Read_Beside_IsAnyNumberOfCommandsAndAnOptionOfNobodyElse()
    {
        RehearseSettings settings = Settings.Read("--beside", "./worker --port {port}", "--beside", "exec ./mailer");

        Assert.Equal(["./worker --port {port}", "exec ./mailer"], settings.Beside);
        Assert.Equal((0, 0d), (Settings.Read().Beside.Count, settings.Settle.TotalSeconds));
    }

    [Theory]
    [InlineData(1, "--balancer", "none")]
    [InlineData(1, "--balancer", "kube")]
    [InlineData(2, "--balancer", "haproxy")]
    [InlineData(2, "--balancer", "nginx")]
    [InlineData(3, "--balancer", "nginx", "--instances", "3")]
    public void Read_Instances_AreTwoBehindAProxyUnlessSaid(int instances, params string[] options) =>
        Assert.Equal(instances, Settings.Read(options).Instances);
}
