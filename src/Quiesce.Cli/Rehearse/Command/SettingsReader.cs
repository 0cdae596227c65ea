using System.Security.Cryptography;
using Quiesce.Cli.Rehearse.Faults;
using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Readiness;
using Quiesce.Cli.Rehearse.Stories;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Turns what was typed into settings, or into the list of everything that is wrong with it.</summary>
internal static class SettingsReader
{
    private const double LongestSeconds = 3600;

    // What takes longer after the answer than this belongs to no deployment.
    private const double LongestSettleSeconds = 600;

    /// <exception cref="QuiesceException">At least one mistake; the message names all of them.</exception>
    public static RehearseSettings Read(CommandLineValues values)
    {
        var mistakes = new Mistakes();
        CheckWords(values, mistakes);
        values.Story = StoryReader.Read(values, mistakes);
        RehearseSettings settings = ReadValues(values, mistakes);
        ContradictionRules.Check(values, settings, mistakes);
        OutputPaths.CheckDistinct(values, mistakes);
        OutputPaths.CheckTemporary(settings, mistakes);
        StoryReader.Check(values.Story, settings, mistakes);
        return mistakes.Texts.Count == 0 ? settings : throw Refusal(mistakes.Texts);
    }

    private static RehearseSettings ReadValues(CommandLineValues values, Mistakes mistakes)
    {
        values.Orchestrator = OrchestratorProfile.Of(mistakes.Choice<OrchestratorKind>(values, RehearseOptions.Orchestrator));
        TimeSpan grace = mistakes.Seconds(values, RehearseOptions.Grace, 0.5, LongestSeconds);
        StopSignal signal = mistakes.Choice<StopSignal>(values, RehearseOptions.Signal);
        return new RehearseSettings
        {
            Command = values.Command,
            Orchestrator = values.Orchestrator.Kind,
            SignalsEveryProcess = values.Orchestrator.SignalsEveryProcess,
            Balancer = mistakes.Choice<BalancerKind>(values, RehearseOptions.Balancer),
            Instances = Instances(values, mistakes),
            ShowConfig = values.IsGiven(RehearseOptions.ShowConfig),
            EndpointLag = Lag(values, mistakes, grace),
            Deployments = mistakes.Whole(values, RehearseOptions.Deployments, 1, 10_000, "a whole number"),
            Rate = mistakes.Number(values, RehearseOptions.Rate, 0.1, 100_000, "requests a second"),
            FreshShare = mistakes.Number(values, RehearseOptions.FreshShare, 0, 1, "shares"),
            Connections = mistakes.Whole(values, RehearseOptions.Connections, 0, 10_000, "a whole number"),
            NetworkDelay = mistakes.Milliseconds(values, RehearseOptions.NetworkDelay, 0, 1000),
            Grace = grace,
            Signal = signal,
            Faults = FaultReader.Read(values, mistakes),
            Helper = Helper(values, mistakes),
            Beside = Beside(values, mistakes),
            Settle = mistakes.Seconds(values, RehearseOptions.Settle, 0, LongestSettleSeconds),
            Ready = Ready(values, mistakes),
            ReadyTimeout = mistakes.Seconds(values, RehearseOptions.ReadyTimeout, 0.1, LongestSeconds),
            RequestTimeout = mistakes.Seconds(values, RehearseOptions.Timeout, 0.05, LongestSeconds),
            Steady = mistakes.Seconds(values, RehearseOptions.Steady, 0.1, LongestSeconds),
            Templates = Templates(values, mistakes),
            Ledgers = Ledgers(values, mistakes),
            Environment = EnvironmentOf(values, mistakes),
            AcceptedExitCodes = ExitCodeSet(values, mistakes, signal),
            DeploymentsPerYear = mistakes.Whole(values, RehearseOptions.DeploymentsPerYear, 1, 1_000_000, "a whole number"),
            Seed = values.IsGiven(RehearseOptions.Seed)
                ? mistakes.Whole(values, RehearseOptions.Seed, 0, int.MaxValue, "a whole number")
                : RandomNumberGenerator.GetInt32(1, 1_000_000),
            Baselines = !values.IsGiven(RehearseOptions.NoBaselines),
            Port = values.IsGiven(RehearseOptions.Port) ? mistakes.Whole(values, RehearseOptions.Port, 1, 65_535, "a port") : null,
            LogDirectory = OutputPaths.LogDirectory(values, mistakes), // before the files: one may be in it
            JsonPath = OutputPaths.File(values, RehearseOptions.Json, mistakes),
            JUnitPath = OutputPaths.File(values, RehearseOptions.JUnit, mistakes),
            MarkdownPath = OutputPaths.File(values, RehearseOptions.Markdown, mistakes),
            HtmlPath = OutputPaths.File(values, RehearseOptions.Html, mistakes),
            Story = values.Story,
            Title = values.IsGiven(RehearseOptions.Title) ? mistakes.Single(values, RehearseOptions.Title) : string.Join(' ', values.Command),
        };
    }

    private static void CheckWords(CommandLineValues values, Mistakes mistakes)
    {
        foreach (string word in values.Unknown.Where(static word => word.StartsWith('-')))
        {
            mistakes.Add($"Unknown option '{word}'. Known are {string.Join(", ", RehearseOptions.All.Select(static spec => spec.Name))}.");
        }

        // Only a first word that follows no unknown option is surely stray; the others may be values of options that do not exist.
        if (values.Unknown is [string stray, ..] && !stray.StartsWith('-'))
        {
            mistakes.Add($"'{stray}' is neither an option nor its value. The command to rehearse comes after '--': quiesce rehearse -- {stray} …");
        }

        foreach (OptionSpec spec in values.WithoutValue()) { mistakes.Add($"{spec.Name} needs a value: {spec.Name} {spec.Value}."); }
        if (values.Command.Count == 0 && !values.IsGiven(RehearseOptions.ShowConfig) && values.Unknown.All(static word => word.StartsWith('-')))
        {
            mistakes.Add("There is no command to rehearse. Give it after '--': quiesce rehearse -- dotnet run.dll --urls http://127.0.0.1:{port}");
        }
    }

    private static int Instances(CommandLineValues values, Mistakes mistakes)
    {
        if (values.IsGiven(RehearseOptions.Instances)) { return mistakes.Whole(values, RehearseOptions.Instances, 1, 100, "a whole number"); }
        bool isProxy = values.Of(RehearseOptions.Balancer) is [.., string name]
            && Enum.TryParse(name, ignoreCase: true, out BalancerKind kind) && kind is BalancerKind.Haproxy or BalancerKind.Nginx;
        return isProxy ? RehearseDefaults.InstancesBehindProxy : 1;
    }

    private static string? Helper(CommandLineValues values, Mistakes mistakes)
    {
        if (!values.IsGiven(RehearseOptions.Helper)) { return null; }
        string command = mistakes.Single(values, RehearseOptions.Helper);
        if (string.IsNullOrWhiteSpace(command)) { mistakes.Add("--helper is empty; write how it is started: --helper './agent --listen {helper-port}'."); }
        return command;
    }

    private static IReadOnlyList<string> Beside(CommandLineValues values, Mistakes mistakes)
    {
        IReadOnlyList<string> commands = values.Of(RehearseOptions.Beside);
        if (commands.Any(string.IsNullOrWhiteSpace)) { mistakes.Add("--beside is empty; write how the service is started: --beside './worker'."); }
        return commands;
    }

    private static SecondsRange Lag(CommandLineValues values, Mistakes mistakes, TimeSpan grace)
    {
        string text = mistakes.Single(values, RehearseOptions.EndpointLag);
        if (!SecondsRange.TryParse(text, out SecondsRange range))
        {
            mistakes.Add($"--endpoint-lag is '{text}'; use seconds such as 0.2..2, the smaller one first.");
        }

        // Only the default shrinks, and only so that a short grace alone is not refused for a value that nobody chose.
        TimeSpan longest = values.IsGiven(RehearseOptions.EndpointLag) ? range.Max : TimeSpan.FromTicks(Math.Min(range.Max.Ticks, grace.Ticks / 2));
        return new SecondsRange(range.Min < longest ? range.Min : longest, longest);
    }

    private static ReadinessRule Ready(CommandLineValues values, Mistakes mistakes)
    {
        string text = mistakes.Single(values, RehearseOptions.Ready);
        if (ReadinessRule.Parse(text) is { } rule) { return rule; }
        mistakes.Add($"--ready is '{text}'; use a path such as /readyz, a URL such as http://127.0.0.1:9000/health, tcp, or 'line:Listening on'.");
        return ReadinessRule.Parse(RehearseDefaults.Ready)!;
    }

    private static IReadOnlyList<RequestTemplate> Templates(CommandLineValues values, Mistakes mistakes)
    {
        if (values.IsGiven(RehearseOptions.Requests))
        {
            return RequestFile.Read(mistakes.Single(values, RehearseOptions.Requests), mistakes);
        }

        return [.. values.Of(RehearseOptions.Request).Select(text => RequestLine.ToTemplate(text, mistakes))];
    }

    private static List<LedgerSource> Ledgers(CommandLineValues values, Mistakes mistakes) =>
    [
        .. mistakes.Pairs(values, RehearseOptions.Ledger).Select(static pair => new LedgerSource(pair.Key, pair.Value, IsCommand: false)),
        .. mistakes.Pairs(values, RehearseOptions.LedgerCommand).Select(static pair => new LedgerSource(pair.Key, pair.Value, IsCommand: true)),
    ];

    private static Dictionary<string, string> EnvironmentOf(CommandLineValues values, Mistakes mistakes)
    {
        var environment = new Dictionary<string, string>();
        foreach ((string name, string value) in mistakes.Pairs(values, RehearseOptions.Env))
        {
            if (!environment.TryAdd(name, value)) { mistakes.Add($"--env sets {name} twice ('{environment[name]}' and '{value}'). Set it once."); }
        }

        return environment;
    }

    private static HashSet<int> ExitCodeSet(CommandLineValues values, Mistakes mistakes, StopSignal signal)
    {
        // Many programs finish their work and then die of the signal on purpose (Uvicorn), or exit with what a shell would show (Java).
        if (!values.IsGiven(RehearseOptions.AcceptExit)) { return [0, ExitCodes.SignalBase + (int)signal]; }
        string text = mistakes.Single(values, RehearseOptions.AcceptExit);
        var codes = new HashSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (byte.TryParse(part, out byte code)) { codes.Add(code); }
            else { mistakes.Add($"--accept-exit holds '{part}'; use exit codes from 0 to 255, separated by commas, such as 0,143."); }
        }

        return codes;
    }

    private static QuiesceException Refusal(IReadOnlyList<string> mistakes) =>
        new(ExitCodes.Usage, mistakes.Count == 1 ? mistakes[0] : string.Join($"{Environment.NewLine}  - ", [$"{mistakes.Count} mistakes:", .. mistakes]));
}
