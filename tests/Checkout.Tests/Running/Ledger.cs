using System.Globalization;
using Checkout.Ledgers;

namespace Checkout.Tests.Running;

internal static class Ledger
{
    public static string[] Read(string ledger, string data)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        LedgerCommand.Run([ledger, "--data", data], output);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
