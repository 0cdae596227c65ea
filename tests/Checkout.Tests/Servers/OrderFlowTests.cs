using System.Net;
using Adapters.Tests.Servers;
using Checkout.Tests.Running;

namespace Checkout.Tests.Servers;

/// <summary>Web and worker as processes, on a real PostgreSQL and a real RabbitMQ.</summary>
[Trait("Size", "Full")]
public sealed class OrderFlowTests(PostgreSqlServer postgres, RabbitMqServer rabbitMq) : IAsyncLifetime
{
    private const string Web = "--queue rabbitmq", Worker = "--queue rabbitmq --role worker";
    private static readonly (string, string) _fast = ("Payments__Slowest", "00:00:00.02"), _fastest = ("Payments__Fastest", "00:00:00.01");
    private static readonly int[] _nothing = [0, 0, 0, 0], _oneInTheQueue = [0, 0, 0, 1];

    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(postgres, rabbitMq);

    public ValueTask DisposeAsync()
    {
        _shop.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("delay")]
    [InlineData("quiesce")]
    public async Task Orders_WebAndWorker_ArePaidConfirmedAndAuditedOnceAndNothingIsLeft(string shutdown)
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(static number => $"order-{number:00}")];
        (string, string)[] environment = [_fast, _fastest, ("DelayedShutdown__Delay", "00:00:00.1")];
        await using CheckoutProcess web = await _shop.ServeAsync($"{shutdown} {Web}", environment);
        await using CheckoutProcess worker = await _shop.ServeAsync($"{shutdown} {Worker}", environment);

        HttpResponseMessage[] answers = await Task.WhenAll(ids.Select(web.PlaceAsync));
        foreach (string _ in ids) { await worker.LineAsync(": paid."); }

        web.Terminate();
        Assert.Equal((0, ""), await web.ExitAsync());
        worker.Terminate();
        Assert.Equal((0, ""), await worker.ExitAsync());
        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        foreach (string ledger in (string[])["orders", "payments", "confirmations", "audit"])
        {
            Assert.Equal(ids, (await _shop.LedgerAsync(ledger)).Order(StringComparer.Ordinal));
        }

        Assert.Equal(_nothing, await _shop.LeftoversAsync());
    }

    [Fact]
    public async Task Sigterm_WebHasAnOrderInFlight_AnswersAndRelaysItInItsLastRound()
    {
        await using CheckoutProcess web = await _shop.ServeAsync($"quiesce {Web}");
        Task<HttpResponseMessage> placing = web.PlaceAsync("slow");
        await web.LineAsync("Order slow: asked the payment provider");

        web.Terminate();

        Assert.Equal(HttpStatusCode.Created, (await placing).StatusCode);
        Assert.Equal((0, ""), await web.ExitAsync());
        Assert.Equal(_oneInTheQueue, await _shop.LeftoversAsync());
    }

    [Fact]
    public async Task Sigterm_WorkerIsInTheMiddle_FinishesThatAndGivesTheRestToItsSuccessor()
    {
        await using CheckoutProcess web = await _shop.ServeAsync($"quiesce {Web}", _fast, _fastest);
        await using CheckoutProcess worker = await _shop.ServeAsync($"quiesce {Worker}", ("Worker__Concurrency", "1"));
        foreach (string id in (string[])["1", "2", "3"]) { await web.PlaceAsync(id); }
        await worker.LineAsync("asked for the money");

        worker.Terminate();
        Assert.Equal((0, ""), await worker.ExitAsync());
        string[] paidByTheFirst = await _shop.LedgerAsync("payments");
        await using CheckoutProcess successor = await _shop.ServeAsync($"quiesce {Worker}", _fast, _fastest);
        for (int rest = 3 - paidByTheFirst.Length; rest > 0; rest--) { await successor.LineAsync(": paid."); }
        successor.Terminate();
        await successor.ExitAsync();

        Assert.Single(paidByTheFirst);
        Assert.Equal(["1", "2", "3"], (await _shop.LedgerAsync("payments")).Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3"], (await _shop.LedgerAsync("audit")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sigkill_WorkerIsInTheMiddle_IsPaidByAnotherOnce()
    {
        await using CheckoutProcess web = await _shop.ServeAsync($"quiesce {Web}", _fast, _fastest);
        await using CheckoutProcess worker = await _shop.ServeAsync($"stock {Worker}");
        await web.PlaceAsync("one");
        await worker.LineAsync("asked for the money");

        worker.KillAtOnce();
        await using CheckoutProcess successor = await _shop.ServeAsync($"stock {Worker}", _fast, _fastest);
        await successor.LineAsync(": paid.");
        successor.Terminate();
        await successor.ExitAsync();

        Assert.Equal(["one"], await _shop.LedgerAsync("payments"));
        Assert.Equal(["one"], await _shop.LedgerAsync("audit"));
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("quiesce")]
    public async Task Sigterm_LeaderLeaves_AnotherTakesOver(string shutdown)
    {
        await using CheckoutProcess first = await _shop.ServeAsync($"{shutdown} {Web}", _fast, _fastest);
        await first.LineAsync("Leads the outbox relays");
        await using CheckoutProcess second = await _shop.ServeAsync($"{shutdown} {Web}", _fast, _fastest);

        first.Terminate();
        await second.LineAsync("Leads the outbox relays");
        await first.ExitAsync();
        await second.PlaceAsync("one");
        second.Terminate();

        Assert.Equal((0, ""), await second.ExitAsync());
        Assert.Equal(_oneInTheQueue, await _shop.LeftoversAsync());
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("quiesce")]
    public async Task Orders_InPostgresWithTheQueueInMemory_ArePaidConfirmedAndAuditedOnce(string shutdown)
    {
        await using CheckoutProcess service = await _shop.ServeAsync($"{shutdown} --queue memory", _fast, _fastest);
        HttpResponseMessage placed = await service.PlaceAsync("one");
        HttpResponseMessage repeated = await service.PlaceAsync("one");

        service.Terminate();

        Assert.Equal((0, ""), await service.ExitAsync());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (placed.StatusCode, repeated.StatusCode));
        Assert.Equal(await placed.Content.ReadAsStringAsync(), await repeated.Content.ReadAsStringAsync());
        foreach (string ledger in (string[])["orders", "payments", "confirmations", "audit"]) { Assert.Equal(["one"], await _shop.LedgerAsync(ledger)); }
    }

    [Fact]
    public async Task Post_SameKeyAtTheSameTime_IsOneOrder()
    {
        await using CheckoutProcess web = await _shop.ServeAsync($"quiesce {Web}", _fast, _fastest);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => web.PlaceAsync("one")));

        Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, answers.Count(static answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(static answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Equal(["one"], await _shop.LedgerAsync("orders"));
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("quiesce")]
    public async Task Start_BrokerIsNotThere_SaysOneSentenceAndExitsWith2(string shutdown)
    {
        await using CheckoutProcess web = _shop.Start(
            $"--data {_shop.Data} --store postgres {Web} --shutdown {shutdown}", ("ConnectionStrings__RabbitMQ", "amqp://127.0.0.1:1/"));

        (int exitCode, string error) = await web.ExitAsync();

        Assert.Equal(2, exitCode);
        Assert.StartsWith("checkout: RabbitMQ at 127.0.0.1:1 cannot be used", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
