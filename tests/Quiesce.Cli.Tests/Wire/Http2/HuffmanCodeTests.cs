using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Http2.Headers;

namespace Quiesce.Cli.Tests.Wire.Http2;

/// <summary>The examples of RFC 7541, appendix C.</summary>
public sealed class HuffmanCodeTests
{
    [Theory]
    [InlineData("6402", "302")]
    [InlineData("640eff", "307")]
    [InlineData("aec3771a4b", "private")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    [InlineData("9bd9ab", "gzip")]
    [InlineData(
        "94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1")]
    [InlineData("", "")]
    public void Read_Example_IsWhatTheSpecificationSays(string bytes, string text) => Assert.Equal(text, HuffmanCode.Read(Convert.FromHexString(bytes)));

    [Fact]
    public void Read_EndInsideTheString_IsMalformed() =>
        Assert.Throws<MalformedAnswerException>(() => HuffmanCode.Read([0xff, 0xff, 0xff, 0xff]));
}
