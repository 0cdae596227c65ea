namespace Quiesce.Measurements;

/// <summary>The few figures that the pages use.</summary>
internal static class Statistics
{
    private const int Resamples = 10_000;

    /// <summary>Fixed: a page can be computed again from the same values.</summary>
    private const int Seed = 20_261_125;

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>Interpolated between the two nearest values.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = (sorted.Length - 1) * share;
        int below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>The percentile bootstrap interval that holds the median with 95 %.</summary>
    public static (double Low, double High) MedianInterval(double[] values)
    {
        var random = new Random(Seed);
        double[] medians = [.. Enumerable.Range(0, Resamples).Select(_ => Median(random.GetItems(values, values.Length)))];
        return (Quantile(medians, 0.025), Quantile(medians, 0.975));
    }
}
