namespace Checkout;

/// <summary>An option with a fixed set of values, the first of which is the default.</summary>
internal sealed class Choice<T>(string option, params (string Name, T Value)[] values)
{
    /// <summary>Gets the option as it is written.</summary>
    public string Option => $"--{option}";

    /// <exception cref="UsageException">There is no such value.</exception>
    public T Of(string? name)
    {
        if (name is null) { return values[0].Value; }

        foreach ((string known, T value) in values)
        {
            if (known == name) { return value; }
        }

        throw new UsageException($"There is no {option} '{name}'. Use one of: {string.Join(", ", values.Select(static value => value.Name))}.");
    }
}
