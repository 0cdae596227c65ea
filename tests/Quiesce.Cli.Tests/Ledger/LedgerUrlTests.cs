using Quiesce.Cli.Rehearse.Ledger;
using Quiesce.Cli.Tests.Balancers;
using Quiesce.Cli.Tests.Command;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Ledger;

public sealed class LedgerUrlTests
{
    [Theory]
    [InlineData("text/plain", "a\n\n b \r\nb\n")]
    [InlineData("application/octet-stream", "a\nb\nb")]
    [InlineData("application/json", "[\"a\", \"b\", \"b\"]")]
    [InlineData("text/plain", " [\"a\", \"b\", \"b\"]\n")]
    public async Task Read_Ids_AreThoseOfAFile(string type, string body) => Assert.Equal(["a", "b", "b"], await ReadAsync(Answer(200, type, body)));

    [Fact]
    public async Task Read_NumbersAndNothing_AreIdsAndNone()
    {
        Assert.Equal(["17", "4"], await ReadAsync(Answer(200, "application/json", "[17, 4]")));
        Assert.Empty(await ReadAsync(Answer(200, "application/json", "[]")));
        Assert.Empty(await ReadAsync(Answer(200, "text/plain", "")));
    }

    [Theory]
    [InlineData(500, "text/plain", "a", "answered with status 500")]
    [InlineData(302, "text/html\r\nLocation: /login", "", "answered with status 302")]
    [InlineData(204, "text/plain", "", "answered with status 204")]
    [InlineData(200, "text/html", "<!doctype html><p>a", "answered with a page")]
    [InlineData(200, "text/plain", "<html>", "answered with a page")]
    [InlineData(200, "application/json", "{\"ids\": [1]}", "answered with JSON that is no list")]
    [InlineData(200, "application/json", "[\"a\", ", "answered with JSON that is broken: ")]
    [InlineData(200, "application/json", "[\"a\", {\"id\": 1}]", "answered with a list that holds a JSON object")]
    [InlineData(200, "text/plain", "a\u0000\u0001b", "answered with bytes that are no text")]
    public async Task Read_Rubbish_IsRefusedWithWhatWasExpected(int status, string type, string body, string what)
    {
        LedgerException failure = await Assert.ThrowsAsync<LedgerException>(() => ReadAsync(Answer(status, type, body)));

        Assert.StartsWith("The ledger orders: http://127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(what, failure.Message);
        Assert.EndsWith("It must answer GET with 200 and the ids of what was done, as lines of text or as a JSON list.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na\n")]
    [InlineData("gopher")]
    [InlineData("")]
    public async Task Read_BrokenAnswer_IsRefused(string answer)
    {
        LedgerException failure = await Assert.ThrowsAsync<LedgerException>(() => ReadAsync(answer));

        Assert.Contains("could not be asked: ", failure.Message);
    }

    [Fact]
    public async Task Read_NobodyListens_IsRefused()
    {
        using var port = new ClosedPort();

        LedgerException failure = await Assert.ThrowsAsync<LedgerException>(() => ReadAsync($"http://{port.Endpoint.Address}/", TimeProvider.System));

        Assert.Contains("could not be asked: ", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na\n")]
    public async Task Read_NoWholeAnswerInTime_IsRefused(string beginning)
    {
        ManualTimeProvider time = new();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = TestServer.StartOneRequest(async peer =>
        {
            await peer.SendAsync(beginning);
            asked.TrySetResult();
            await peer.WaitForCloseAsync();
        });

        Task<IReadOnlyCollection<string>> reading = ReadAsync($"http://{server.Endpoint.Address}/", time);
        await asked.Task.WaitAsync(TestTimeouts.Hang);
        time.Advance(TimeSpan.FromSeconds(60));

        LedgerException failure = await Assert.ThrowsAsync<LedgerException>(() => reading.WaitAsync(TestTimeouts.Hang));
        Assert.Contains("had not answered after 60 s", failure.Message);
    }

    [Fact]
    public void Settings_UrlThatIsNone_IsNamed() => Assert.Contains(
        "--ledger orders is 'http://', which is no URL", Settings.MistakeIn("--ledger", "orders=http://", "--request", "GET /"));

    private static string Answer(int status, string type, string body) =>
        $"HTTP/1.1 {status} So\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static async Task<IReadOnlyCollection<string>> ReadAsync(string answer)
    {
        await using TestServer server = TestServer.StartOneRequest(peer => peer.SendAsync(answer));
        return await ReadAsync($"http://{server.Endpoint.Address}/ids", TimeProvider.System);
    }

    private static Task<IReadOnlyCollection<string>> ReadAsync(string url, TimeProvider time) =>
        LedgerReader.ReadAsync(new LedgerSource("orders", url, IsCommand: false), time, TestContext.Current.CancellationToken);
}
