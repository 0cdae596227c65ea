using Quiesce.Cli.Rehearse.Faults;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>All options of <c>quiesce rehearse</c>, in the order of the help page.</summary>
internal static class RehearseOptions
{
    public static readonly OptionSpec Orchestrator = new(
        "--orchestrator", "kubernetes|docker|systemd", "whose way of stopping is rehearsed: sets the defaults of --balancer and --grace (kube and 30; "
        + "none and 10; none and 90), and who is signalled (the first process; the first; every one)", RehearseDefaults.Orchestrator);

    public static readonly OptionSpec Balancer = new(
        "--balancer", "none|kube|haproxy|nginx", "none: one address, one process after the other. kube: the new instance starts first, and new "
        + "connections go on reaching the leaving one until the endpoint table hears of it. haproxy, nginx: the real ones, installed here, in front "
        + "of the instances", "by --orchestrator");

    public static readonly OptionSpec Instances = new(
        "--instances", "N", "how many run beside each other; a deployment replaces the oldest (default 1; 2 behind haproxy and nginx)");

    public static readonly OptionSpec ShowConfig = new(
        "--show-config", null, "haproxy and nginx only: print the balancer's configuration and end");

    public static readonly OptionSpec EndpointLag = new(
        "--endpoint-lag", "MIN..MAX", "kube and nginx: seconds between the signal and the table's dropping the instance", RehearseDefaults.EndpointLag);

    public static readonly OptionSpec Deployments = new("--deployments", "N", "how often the program is deployed", RehearseDefaults.Deployments);

    public static readonly OptionSpec Grace = new(
        "--grace", "SECONDS", "from the signal to SIGKILL; the program sees it as QUIESCE_GRACE_PERIOD", "by --orchestrator");

    public static readonly OptionSpec Signal = new("--signal", "TERM|INT|QUIT|HUP|USR1|USR2|WINCH|PWR|RTMIN+3", "the signal that asks the program to leave", RehearseDefaults.Signal);

    public static readonly OptionSpec Steady = new("--steady", "SECONDS", "load before each signal", RehearseDefaults.Steady);

    public static readonly OptionSpec NoBaselines = new(
        "--no-baselines", null, "skip the two baselines; the verdict is then \"not given\"");

    public static readonly OptionSpec Rate = new(
        "--rate", "N", "requests a second; the schedule does not wait for answers", RehearseDefaults.Rate);

    public static readonly OptionSpec FreshShare = new(
        "--fresh-share", "0..1", "share of requests on a connection of their own", RehearseDefaults.FreshShare);

    public static readonly OptionSpec Connections = new(
        "--connections", "N", "kept connections that are opened before idle ones are used again", RehearseDefaults.Connections);

    public static readonly OptionSpec NetworkDelay = new(
        "--network-delay", "MILLISECONDS", "how long everything is under way between client and server, each way, such as 20ms; without a delay a "
        + "request and a close hardly ever cross", RehearseDefaults.NetworkDelay);

    public static readonly OptionSpec Timeout = new("--timeout", "SECONDS", "the client's limit for one request", RehearseDefaults.RequestTimeout);

    public static readonly OptionSpec Request = new(
        "--request", "'METHOD /path'", "a request of the mix; may be repeated. Without one: GET / or else the first usual health path that answers", repeatable: true);

    public static readonly OptionSpec Requests = new(
        "--requests", "FILE.http", "the mix as a file: requests separated by ###, comments # @weight N, # @effect and # @kind http2|events|websocket, placeholders {id} and {known}; "
        + "http2 goes to {http2-port}, if the program has it in its arguments or --env, else to {port}");

    public static readonly OptionSpec Ledger = new(
        "--ledger", "NAME=FILE|URL", "a file of the ids that were done, one per line, or a URL that answers GET with them, as lines or as a JSON list; with "
        + "{port} one more instance of the program is asked; may be repeated", repeatable: true);

    public static readonly OptionSpec LedgerCommand = new(
        "--ledger-command", "NAME=COMMAND", "a command for /bin/sh that prints them, run after the last instance has gone; may be repeated",
        repeatable: true);

    public static readonly OptionSpec Settle = new(
        "--settle", "SECONDS", "how long effects may come later than the answer: after the last instance has left the ledgers are read until nothing "
        + "acknowledged is missing, then the services of --beside leave, and the reading after that counts", RehearseDefaults.Settle);

    public static readonly OptionSpec Beside = new(
        "--beside", "COMMAND", "another service, run by /bin/sh, that is deployed together with the program, such as the worker of a web front: the same signal "
        + "at the same moment, the same grace, the same exit codes; {port} is one of its own, where somebody must listen; may be repeated", repeatable: true);

    public static readonly OptionSpec Fault = new(
        "--fault", "NAME[=VALUE]", "what goes wrong on purpose in each deployment; may be repeated, or separated by commas: "
        + string.Join(", ", FaultCatalog.All.Select(static spec => spec.Usage)) + ". docs/rehearse.md says what each does and expects", repeatable: true);

    public static readonly OptionSpec Story = new(
        "--story", "ID|list", "a failure that happened to others, such as S04: short for a set of options, of which your own win; list shows all. docs/stories.md has their sources");

    public static readonly OptionSpec Helper = new(
        "--helper", "COMMAND", "a helper of each instance, run by /bin/sh before it and ended after it, as a sidecar container is; {port} is the "
        + "instance's port, {helper-port} one of its own, which the program may have in its arguments as well (and as HELPER_PORT)");

    public static readonly OptionSpec Ready = new(
        "--ready", "PATH|URL|tcp|line:TEXT", "ready is any answer below 500 from here (a URL may hold {port}), an accepted connection, or a line "
        + "of output that holds the text", RehearseDefaults.Ready);

    public static readonly OptionSpec ReadyTimeout = new("--ready-timeout", "SECONDS", "limit for getting ready", RehearseDefaults.ReadyTimeout);

    public static readonly OptionSpec Port = new("--port", "PORT", "balancer none only: the port to use instead of a free one");

    public static readonly OptionSpec Env = new(
        "--env", "NAME=VALUE", "set for the program, wins over what the tool sets; {port} is replaced; may be repeated", repeatable: true);

    public static readonly OptionSpec AcceptExit = new(
        "--accept-exit", "CODES", "exit codes that count as leaving well, such as 0,143; a death by signal N is 128 + N (default 0 and that of --signal)");

    public static readonly OptionSpec Log = new("--log", "DIRECTORY", "keep the program's output: one file per instance");

    public static readonly OptionSpec Json = new("--json", "FILE", "write everything that was measured; docs/rehearse.md names the fields");

    public static readonly OptionSpec JUnit = new("--junit", "FILE", "write JUnit XML, a case for each deployment");

    public static readonly OptionSpec Markdown = new("--markdown", "FILE", "write a summary for the page of a CI run");

    public static readonly OptionSpec Html = new("--html", "FILE", "write a page with a timeline of each deployment");

    public static readonly OptionSpec Title = new("--title", "TEXT", "what the tables call this rehearsal; the command if left out");

    public static readonly OptionSpec DeploymentsPerYear = new(
        "--deployments-per-year", "N", "for what the losses cost a year", RehearseDefaults.DeploymentsPerYear);

    public static readonly OptionSpec Seed = new("--seed", "N", "repeats the load's and the balancer's random choices; printed if left out");

    public static IReadOnlyList<(string Title, IReadOnlyList<OptionSpec> Options)> Groups { get; } =
    [
        ("Deployments", [Orchestrator, Balancer, Instances, EndpointLag, ShowConfig, Deployments, Grace, Signal, Steady, Beside, NoBaselines]),
        ("Load", [Rate, FreshShare, Connections, NetworkDelay, Timeout, Request, Requests]),
        ("Faults", [Fault, Helper, Story]),
        ("Effects", [Ledger, LedgerCommand, Settle]),
        ("The program", [Ready, ReadyTimeout, Port, Env, AcceptExit, Log]),
        ("Output", [Json, JUnit, Markdown, Html, Title, DeploymentsPerYear, Seed]),
    ];

    public static IEnumerable<OptionSpec> All => Groups.SelectMany(static group => group.Options);
}
