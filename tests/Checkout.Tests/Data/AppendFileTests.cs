using System.Text;
using Checkout.Data;
using Checkout.Tests.Running;

namespace Checkout.Tests.Data;

public sealed class AppendFileTests
{
    [Fact]
    public async Task Append_FromTwoOpenings_KeepsEveryLineWhole()
    {
        using TempFolder temp = new();
        string path = Path.Combine(temp.Root, "lines.log");

        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(() =>
        {
            using AppendFile file = AppendFile.Open(path);
            foreach (int number in Enumerable.Range(0, 2_000))
            {
                file.Append(Encoding.UTF8.GetBytes($"{writer}-{number}\n{writer}+{number}\n"));
            }
        })));

        IEnumerable<string> expected =
            from writer in Enumerable.Range(0, 2)
            from number in Enumerable.Range(0, 2_000)
            from sign in "-+"
            select $"{writer}{sign}{number}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), File.ReadLines(path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Open_FileExists_KeepsWhatIsThere()
    {
        using TempFolder temp = new();
        string path = Path.Combine(temp.Root, "lines.log");
        File.WriteAllText(path, "old\n");

        using (AppendFile file = AppendFile.Open(path)) { file.Append("new\n"u8); }

        Assert.Equal("old\nnew\n", File.ReadAllText(path));
    }
}
