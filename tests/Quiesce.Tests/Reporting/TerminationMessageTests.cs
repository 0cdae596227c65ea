using System.Text;
using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Reporting;

public sealed class TerminationMessageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_FileIsThere_SaysInWordsWhatHappenedWithoutExceptionMessages()
    {
        // Arrange: longer than the message, so that a remainder would show
        File.WriteAllText(_folder["log"], new string('x', 3000));

        // Act
        new TerminationMessage(_folder["log"]).Write(Reports.WithEverything);

        // Assert
        string message = File.ReadAllText(_folder["log"]);
        Assert.StartsWith("Shut down in 21.5 s of 30.0 s (SIGTERM; ", message, StringComparison.Ordinal);
        Assert.Contains("'ledger' (Orders.Ledger) failed in Release after 0.5 s: IOException.", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Reports.Secret, message, StringComparison.Ordinal);
        Assert.DoesNotContain('x', message[^20..]);
    }

    [Fact]
    public void Write_FileIsNotThere_CreatesNone()
    {
        // Act
        new TerminationMessage(_folder["log"]).Write(Reports.WithEverything);

        // Assert
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Write_DiskIsFull_Throws() =>
        Assert.ThrowsAny<IOException>(static () => new TerminationMessage("/dev/full").Write(Reports.WithEverything));

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("日")]
    [InlineData("😀")]
    public void Cut_TooLong_EndsAtACharacterBoundaryWithinTheLimit(string character)
    {
        // One more byte at a time in front, so that the cut falls on every byte of a character.
        for (int before = 0; before < 4; before++)
        {
            string text = new string('.', before) + string.Concat(Enumerable.Repeat(character, 5000));

            byte[] cut = TerminationMessage.Cut(text, TerminationMessage.MostBytes);

            string read = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(cut);
            Assert.InRange(cut.Length, TerminationMessage.MostBytes - 6, TerminationMessage.MostBytes);
            Assert.StartsWith(read[..^1], text, StringComparison.Ordinal);
            Assert.EndsWith("…", read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cut_Fits_ChangesNothing() => Assert.Equal("Shut down …"u8.ToArray(), TerminationMessage.Cut("Shut down …", 13));
}
