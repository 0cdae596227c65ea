namespace Quiesce.Cli.Rehearse.Verdict.Statistics;

/// <summary>The exact one-sided upper bound of a share, from what was counted.</summary>
/// <remarks>
/// C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934),
/// 404 to 413: the largest share under which seeing so few would still happen in 1 of 20 series. With none seen in n it is 1 − 0.05^(1/n), nearly 3/n:
/// the "rule of three" (J. A. Hanley and A. Lippman-Hand, JAMA 249 (1983), 1743 to 1745).
/// </remarks>
internal static class ClopperPearson
{
    /// <summary>95 %: a rehearsal that would wrongly exclude a share does so once in twenty times.</summary>
    public const double Confidence = 0.95;

    // Each step halves the interval: 50 leave less than 1e-15 of it.
    private const int Steps = 50;

    /// <summary>The bound, 0 to 1.</summary>
    /// <param name="seen">How often it was seen.</param>
    /// <param name="of">How often it could have been; at least 1.</param>
    public static double Upper(int seen, int of)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        if (seen >= of) { return 1; }
        if (seen == 0) { return 1 - Math.Pow(1 - Confidence, 1d / of); }
        double low = (double)seen / of, high = 1;
        for (int step = 0; step < Steps; step++)
        {
            double middle = (low + high) / 2;
            if (AtMost(seen, of, middle) > 1 - Confidence) { low = middle; }
            else { high = middle; }
        }

        return high;
    }

    /// <summary>How many without any are needed to exclude more than <paramref name="share"/>.</summary>
    public static int Needed(double share) => (int)Math.Ceiling(Math.Log(1 - Confidence) / Math.Log(1 - share));

    // Binomial distribution, each term from the one before; in logarithms, because the first may be smaller than a double can be.
    private static double AtMost(int seen, int of, double share)
    {
        double logOdds = Math.Log(share) - Math.Log(1 - share), logTerm = of * Math.Log(1 - share), sum = Math.Exp(logTerm);
        for (int i = 1; i <= seen; i++)
        {
            logTerm += Math.Log(of - i + 1) - Math.Log(i) + logOdds;
            sum += Math.Exp(logTerm);
        }

        return sum;
    }
}
