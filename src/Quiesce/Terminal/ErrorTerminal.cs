using System.Text;

namespace Quiesce;

/// <summary>The terminal that standard error writes to.</summary>
internal sealed class ErrorTerminal : ITerminal
{
    private const int UsualWidth = 80;

    private ErrorTerminal()
    {
    }

    public int Width
    {
        get
        {
            try { return Console.WindowWidth is > 0 and int width ? width : UsualWidth; }
            catch (IOException) { return UsualWidth; }
        }
    }

    /// <summary>The terminal, or <see langword="null"/> if standard error is none, or one that cannot erase a line.</summary>
    public static ITerminal? Find() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" ? null : new ErrorTerminal();

    public void Write(string text)
    {
        // Past Console.Error: whoever holds its lock may be what hangs.
        using Stream errors = Console.OpenStandardError();
        errors.Write(Encoding.UTF8.GetBytes(text));
    }
}
