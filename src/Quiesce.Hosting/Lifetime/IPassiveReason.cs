namespace Quiesce.Hosting.Lifetime;

/// <summary>Something that knows why this host must leave signals, exit code and process end alone.</summary>
internal interface IPassiveReason
{
    /// <summary>Says why, or returns <see langword="null"/> when it knows no reason.</summary>
    string? WhyPassive();
}
