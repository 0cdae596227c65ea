using System.Globalization;

namespace Quiesce.PostgreSql;

/// <summary>What became of transactions that did not simply commit. Thread-safe.</summary>
internal sealed class TransactionCounts
{
    private long _caught;
    private long _unknown;

    /// <summary>The drain's deadline caught one, and it is rolled back.</summary>
    public void CountCaught() => Interlocked.Increment(ref _caught);

    /// <summary>A commit was not answered.</summary>
    public void CountUnknown() => Interlocked.Increment(ref _unknown);

    /// <summary>A sentence for each figure that is not zero.</summary>
    public IEnumerable<string> Describe()
    {
        if (Interlocked.Read(ref _caught) is > 0 and long caught) { yield return Text($"{caught:N0} rolled back at the deadline"); }

        if (Interlocked.Read(ref _unknown) is > 0 and long unknown) { yield return Text($"{unknown:N0} commits were sent and never answered: unknown"); }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
