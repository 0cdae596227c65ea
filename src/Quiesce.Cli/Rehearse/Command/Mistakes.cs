using System.Globalization;

namespace Quiesce.Cli.Rehearse.Command;

/// <summary>Collects what is wrong with the command line, so that everything is shown at once.</summary>
internal sealed class Mistakes
{
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public void Add(string text) => _texts.Add(text);

    /// <summary>The one value of an option, or its default. A value given twice is a mistake, and so is an empty one.</summary>
    public string Single(CommandLineValues values, OptionSpec spec)
    {
        IReadOnlyList<string> given = values.Of(spec);
        if (given.Count > 1)
        {
            Add($"{spec.Name} was given {given.Count} times ({string.Join(", ", given)}). Give it once.");
        }

        return given.Count > 0 ? given[^1] : values.Orchestrator.DefaultOf(spec) ?? "";
    }

    public double Number(CommandLineValues values, OptionSpec spec, double min, double max, string unit)
    {
        string text = Single(values, spec);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max)
        {
            return number;
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"{spec.Name} is '{text}'; use a number of {unit} from {min} to {max}, such as {values.Orchestrator.DefaultOf(spec)}."));
        return double.Parse(values.Orchestrator.DefaultOf(spec)!, CultureInfo.InvariantCulture);
    }

    public int Whole(CommandLineValues values, OptionSpec spec, int min, int max, string unit)
    {
        string text = Single(values, spec);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"{spec.Name} is '{text}'; use {unit} from {min} to {max}."));
        return min;
    }

    public TimeSpan Seconds(CommandLineValues values, OptionSpec spec, double min, double max) =>
        TimeSpan.FromSeconds(Number(values, spec, min, max, "seconds"));

    public T Choice<T>(CommandLineValues values, OptionSpec spec)
        where T : struct, Enum
    {
        string text = Single(values, spec);
        string name = text.Replace("SIG", "", StringComparison.OrdinalIgnoreCase).Replace("+", "Plus", StringComparison.Ordinal);
        if (!text.All(char.IsAsciiDigit) && !text.Contains(',', StringComparison.Ordinal) && Enum.TryParse(name, ignoreCase: true, out T choice) && Enum.IsDefined(choice))
        {
            return choice;
        }

        Add($"{spec.Name} is '{text}'; use {string.Join(" or ", spec.Value!.Split('|'))}.");
        return Enum.Parse<T>(values.Orchestrator.DefaultOf(spec)!, ignoreCase: true);
    }

    /// <summary>Milliseconds, with or without the unit: <c>20ms</c>.</summary>
    public TimeSpan Milliseconds(CommandLineValues values, OptionSpec spec, int min, int max)
    {
        string text = Single(values, spec);
        string number = text.EndsWith("ms", StringComparison.Ordinal) ? text[..^2] : text;
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds >= min && milliseconds <= max)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        Add($"{spec.Name} is '{text}'; use whole milliseconds from {min} to {max}, such as 20ms.");
        return TimeSpan.Zero;
    }

    /// <summary>Splits <c>NAME=VALUE</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Pairs(CommandLineValues values, OptionSpec spec)
    {
        foreach (string text in values.Of(spec))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && (spec == RehearseOptions.Env || equals < text.Length - 1))
            {
                yield return new KeyValuePair<string, string>(text[..equals], text[(equals + 1)..]);
            }
            else
            {
                Add($"{spec.Name} is '{text}'; write {spec.Value}.");
            }
        }
    }
}
