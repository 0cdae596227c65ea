using Quiesce.Cli.Rehearse.Command;
using Quiesce.Cli.Rehearse.Load;

namespace Quiesce.Cli.Tests.Command;

public sealed class RequestFileTests
{
    [Fact]
    public void Parse_WholeFile_ReadsEachRequest()
    {
        IReadOnlyList<RequestTemplate> templates = Parse("""
            // A comment, and a separator with a title.
            ### place an order
            # @name place
            # @weight 4
            # @effect
            POST /orders?x=1 HTTP/1.1
            Content-Type: application/json
            Idempotency-Key: {id}

            {
              "sku": "# no comment"
            }

            ###

            GET /orders/{known}
            Accept: */*
            ###
            """);

        Assert.Equal(2, templates.Count);
        RequestTemplate order = templates[0];
        Assert.Equal(("POST", "/orders?x=1", 4, true), (order.Method, order.Path, order.Weight, order.HasEffect));
        Assert.Equal(["Content-Type: application/json", "Idempotency-Key: {id}"], order.Headers.Select(static header => $"{header.Key}: {header.Value}"));
        Assert.Equal("{\n  \"sku\": \"# no comment\"\n}", order.Body);
        Assert.Equal(("GET /orders/{known}", 1, false), (templates[1].Name, templates[1].Weight, templates[1].HasEffect));
        Assert.Null(templates[1].Body);
    }

    [Fact]
    public void Parse_Kinds_AreRead()
    {
        IReadOnlyList<RequestTemplate> templates = Parse("""
            # @kind websocket
            # @stay 2.5
            GET /feed
            ###
            # @kind events
            GET /feed/events
            ###
            # @upload 1000
            PUT /receipts/{id}
            ###
            # @kind http2
            # @upload 2000
            PUT /receipts/{id}
            """);

        Assert.Equal(
            ["WebSocket /feed", "events /feed/events", "PUT /receipts/{id}", "HTTP/2 PUT /receipts/{id}"], templates.Select(static template => template.Name));
        Assert.Equal([2.5, 5, 0, 0], templates.Select(static template => template.Stay.TotalSeconds));
        Assert.Equal([0, 0, 1000, 2000], templates.Select(static template => template.UploadBytes));
    }

    [Theory]
    [InlineData("GET orders", ":1: 'GET orders': the path must begin with a slash")]
    [InlineData("\nNOPE /", ":2: 'NOPE /': 'NOPE' is no method")]
    [InlineData("# @weight 0\nGET /", ":1: '@weight 0' is no weight")]
    [InlineData("# @weigth 2\nGET /", ":1: '@weigth' is not known. Known are @name, @weight, @effect, @kind, @stay and @upload.")]
    [InlineData("# @kind gopher\nGET /", ":1: '@kind gopher' cannot be used. Write '# @kind http|events|websocket|http2'")]
    [InlineData("# @kind http2\n# @stay 2\nGET /", ":3: has '# @stay', which belongs to")]
    [InlineData("# @kind http2\nGET /\nUpgrade: h2c", ":2: is of kind http2 and has the header Upgrade, which HTTP/2 does not know")]
    [InlineData("# @stay long\nGET /", ":1: '@stay long' cannot be used")]
    [InlineData("# @stay 2\nGET /", ":2: has '# @stay', which belongs to")]
    [InlineData("# @upload 10\nGET /", ":2: has '# @upload', which is the body of")]
    [InlineData("# @kind websocket\nPOST /", ":2: is of kind WebSocket, which is a GET")]
    [InlineData("GET /\nAccept", ":2: 'Accept' is no header")]
    [InlineData("GET /\nHost: x", ":2: the header Host is set by the tool")]
    [InlineData("# @effect\nPOST /orders", ":2: is marked '# @effect' but has no {id}")]
    [InlineData("# nothing", "holds no request")]
    public void Parse_Mistake_NamesTheLine(string text, string message)
    {
        var mistakes = new Mistakes();

        RequestFile.Parse("mix.http", text.Split('\n'), mistakes);

        Assert.Contains(message, Assert.Single(mistakes.Texts));
    }

    private static IReadOnlyList<RequestTemplate> Parse(string text)
    {
        var mistakes = new Mistakes();
        IReadOnlyList<RequestTemplate> templates = RequestFile.Parse("mix.http", text.Split('\n'), mistakes);
        Assert.Empty(mistakes.Texts);
        return templates;
    }
}
