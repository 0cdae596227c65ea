using System.Net;
using System.Net.Http.Json;
using System.Text;
using Checkout.Orders;
using Checkout.Tests.Running;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Tests.Orders;

public sealed class OrderEndpointsTests
{
    [Fact]
    public async Task Post_NewKey_WritesTheOrderAndItsPaymentOnce()
    {
        await using CheckoutApp app = new();

        HttpResponseMessage response = await app.PlaceAsync("one");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Order? placed = await response.Content.ReadFromJsonAsync<Order>();
        Assert.Equal(placed, await app.Client.GetFromJsonAsync<Order>(response.Headers.Location));
        Assert.Equal(["one"], Ledger.Read("orders", app.Data));
    }

    [Fact]
    public async Task Post_SameKeyAgain_AnswersTheSameAndPaysOnce()
    {
        await using CheckoutApp app = new();
        HttpResponseMessage first = await app.PlaceAsync("one");

        HttpResponseMessage second = await app.PlaceAsync("one");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(["one"], Ledger.Read("orders", app.Data));
    }

    [Fact]
    public async Task Post_SameKeyAtTheSameTime_PaysAndConfirmsOnce()
    {
        await using CheckoutApp app = new();

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => app.PlaceAsync("one")));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(15, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        string[] answers = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync()));
        Assert.Single(answers.Distinct());
        await app.StopAsync();
        Assert.All(["orders", "audit", "confirmations"], ledger => Assert.Equal(["one"], Ledger.Read(ledger, app.Data)));
    }

    [Fact]
    public async Task Post_KeyOfAnotherOrder_IsRefused()
    {
        await using CheckoutApp app = new();
        await app.PlaceAsync("one");

        HttpResponseMessage response = await app.PlaceAsync("one", new NewOrder("coffee", 1));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData(null, """{"item":"tea","quantity":2}""")]
    [InlineData("", """{"item":"tea","quantity":2}""")]
    [InlineData("two words", """{"item":"tea","quantity":2}""")]
    [InlineData("one", """{"item":"tea","quantity":0}""")]
    [InlineData("one", """{"item":" ","quantity":2}""")]
    [InlineData("one", """{"quantity":2}""")]
    [InlineData("one", """{"item":""")]
    [InlineData("one", "")]
    public async Task Post_KeyOrBodyIsBad_IsABadRequestWithProblemDetails(string? key, string body)
    {
        await using CheckoutApp app = new();
        HttpRequestMessage request = new(HttpMethod.Post, "/orders")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null) { request.Headers.TryAddWithoutValidation("Idempotency-Key", key); }

        HttpResponseMessage response = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(400, (await response.Content.ReadFromJsonAsync<ProblemDetails>())?.Status);
        Assert.Empty(Ledger.Read("orders", app.Data));
    }

    [Theory]
    [InlineData("/orders/unknown")]
    [InlineData("/export")] // offered with --never-ending only
    public async Task Get_NothingThere_IsNotFound(string path)
    {
        await using CheckoutApp app = new();

        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(path)).StatusCode);
    }
}
