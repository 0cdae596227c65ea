using Checkout.Data;

namespace Checkout.Ledgers;

/// <summary>The files that instances append to.</summary>
internal static class FileLedgers
{
    /// <summary>The order of each line of the audit log.</summary>
    public static IEnumerable<string> Audit(DataFolder folder) => File.ReadLines(folder.Audit).Select(static line => line.Split('\t')[1]);

    public static IEnumerable<string> Confirmations(DataFolder folder) => File.ReadLines(folder.Confirmations);
}
