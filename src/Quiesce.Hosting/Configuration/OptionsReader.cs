using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Quiesce.Hosting.Configuration;

/// <summary>Reads the section <c>GracefulShutdown</c>.</summary>
/// <remarks>By hand and not by the binder: that reads "30" as thirty days, and overlooks a key that is misspelt.</remarks>
internal static class OptionsReader
{
    public const string SectionName = "GracefulShutdown";

    private static readonly Dictionary<string, Func<GracefulShutdownOptions, string, bool>> _keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GracePeriod"] = static (options, text) => TryTime(text, value => options.GracePeriod = value),
        ["Margin"] = static (options, text) => TryTime(text, value => options.Margin = value),
        ["ReleaseReserve"] = static (options, text) => TryTime(text, value => options.ReleaseReserve = value),
        ["HandBack"] = static (options, text) => TryTime(text, value => options.HandBack = value),
        ["Announce:Maximum"] = static (options, text) => TryTime(text, value => options.Announce.Maximum = value),
        ["Announce:Linger"] = static (options, text) => TryTime(text, value => options.Announce.Linger = value),
        ["Announce:Readiness"] = static (options, text) => TryReadiness(text, value => options.Announce.Readiness = value),
        ["LongLived:Limit"] = static (options, text) => TryTime(text, value => options.LongLived.Limit = value),
        ["LongLived:Spread"] = static (options, text) => TryTime(text, value => options.LongLived.Spread = value),
        ["Report:File"] = static (options, text) => Set(() => options.Report.File = text),
        ["Report:TerminationMessageFile"] = static (options, text) => Set(() => options.Report.TerminationMessageFile = text),
        ["AlwaysExitZero"] = static (options, text) => TryBoolean(text, value => options.AlwaysExitZero = value),
        ["Signals:EscalateOnTerminal"] = static (options, text) => TryBoolean(text, value => options.Signals.EscalateOnTerminal = value),
        ["Signals:StopOnHangup"] = static (options, text) => TryBoolean(text, value => options.Signals.StopOnHangup = value),
        ["Signals:LiveLine"] = static (options, text) => TryBoolean(text, value => options.Signals.LiveLine = value),
        ["Signals:ExtendServiceTimeout"] = static (options, text) => TryBoolean(text, value => options.Signals.ExtendServiceTimeout = value),
    };

    /// <summary>Sets what the section sets.</summary>
    /// <returns>A sentence for each key that is unknown or whose value cannot be read.</returns>
    public static IEnumerable<string> Read(IConfiguration configuration, GracefulShutdownOptions options)
    {
        // Most services set nothing here, and the start of each would pay for code that has nothing to look at.
        IConfigurationSection section = configuration.GetSection(SectionName);
        return string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any() ? [] : Read(section, options);
    }

    private static List<string> Read(IConfigurationSection section, GracefulShutdownOptions options)
    {
        List<string> mistakes = [];
        if (!string.IsNullOrEmpty(section.Value))
        {
            mistakes.Add($"{SectionName} is '{section.Value}', but it is a section. Set its keys: {string.Join(", ", _keys.Keys)}.");
        }

        foreach ((string path, string text) in Leaves(section))
        {
            if (!_keys.TryGetValue(path, out Func<GracefulShutdownOptions, string, bool>? set))
            {
                mistakes.Add($"{SectionName}:{path} is no option. Known: {string.Join(", ", _keys.Keys)}.");
            }
            else if (!set(options, text))
            {
                mistakes.Add($"{SectionName}:{path} is '{text}', which is no {Expected(path, text)}");
            }
        }

        return mistakes;
    }

    private static IEnumerable<(string Path, string Text)> Leaves(IConfigurationSection section) =>
        section.AsEnumerable(makePathsRelative: true)
            .Where(static pair => pair.Key.Length > 0 && pair.Value is not null)
            .OrderBy(static pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static pair => (pair.Key, pair.Value!));

    private static bool TryTime(string text, Action<TimeSpan> set)
    {
        bool parsed = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan value) && text.Contains(':', StringComparison.Ordinal);
        if (parsed) { set(value); }

        return parsed;
    }

    private static bool TryReadiness(string text, Action<ReadinessAnswer> set)
    {
        // By name only: the parser of enumerations takes numbers too, and any of them.
        string? name = Enum.GetNames<ReadinessAnswer>().FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name is not null) { set(Enum.Parse<ReadinessAnswer>(name)); }

        return name is not null;
    }

    private static bool TryBoolean(string text, Action<bool> set)
    {
        bool parsed = bool.TryParse(text, out bool value);
        if (parsed) { set(value); }

        return parsed;
    }

    /// <summary>Any text can be read; whether it names a file is looked at when all options are known.</summary>
    private static bool Set(Action set)
    {
        set();
        return true;
    }

    private static string Expected(string path, string text)
    {
        bool isBoolean = path.Equals("AlwaysExitZero", StringComparison.OrdinalIgnoreCase) || path.StartsWith("Signals:", StringComparison.OrdinalIgnoreCase);
        if (isBoolean) { return "'true' or 'false'."; }

        if (path.Equals("Announce:Readiness", StringComparison.OrdinalIgnoreCase)) { return "'Fail', 'Pass' or 'NotFound'."; }

        return double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and <= 86_400
            ? $"TimeSpan. Did you mean '{TimeSpan.FromSeconds(seconds):c}'?"
            : "TimeSpan. Use hours:minutes:seconds, as in '00:00:30'.";
    }
}
