using System.Net;
using System.Text;
using Quiesce.Cli.Rehearse.Load;
using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Wire;

/// <summary>Requests, byte for byte.</summary>
public class WireRequestTests
{
    private static readonly IPEndPoint _server = new(IPAddress.Loopback, 8080);

    [Fact]
    public void Render_TemplateWithBody_FillsPathHeadersAndBody()
    {
        // Arrange
        RequestTemplate template = Templates.Of("POST", "/orders/{id}", "é{id}") with { Headers = [new("Idempotency-Key", "{id}")] };

        // Act
        string text = Render(template);

        // Assert
        Assert.Equal(
            "POST /orders/7 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nIdempotency-Key: 7\r\nContent-Length: 3\r\n\r\né7", text);
    }

    [Theory]
    [InlineData("GET", "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n")]
    [InlineData("POST", "POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 0\r\n\r\n")]
    public void Render_NoBody_SaysSoOnlyWhereAMethodExpectsOne(string method, string expected)
    {
        // Act
        string text = Render(Templates.Of(method, "/"));

        // Assert
        Assert.Equal(expected, text);
    }

    private static string Render(RequestTemplate template)
    {
        WireRequest request = WireRequest.Render(template, _server, static text => text.Replace("{id}", "7", StringComparison.Ordinal));
        return Encoding.UTF8.GetString(request.Bytes.Span);
    }
}
