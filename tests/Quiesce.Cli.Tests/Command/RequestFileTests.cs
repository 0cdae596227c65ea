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

    [Theory]
    [InlineData("GET orders", ":1: 'GET orders': the path must begin with a slash")]
    [InlineData("\nNOPE /", ":2: 'NOPE /': 'NOPE' is no method")]
    [InlineData("# @weight 0\nGET /", ":1: '@weight 0' is no weight")]
    [InlineData("# @weigth 2\nGET /", ":1: '@weigth' is not known. Known are @name, @weight and @effect.")]
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
