using Quiesce.Cli.Rehearse.Wire;
using Quiesce.Cli.Rehearse.Wire.Http2.Headers;

namespace Quiesce.Cli.Tests.Wire.Http2;

public sealed class HeaderBlockTests
{
    [Theory]
    [InlineData("88", 200)] // Indexed.
    [InlineData("8d", 404)]
    [InlineData("208e", 500)] // After the change of the table's size that servers begin with.
    [InlineData("0803353033", 503)] // A literal with an indexed name.
    [InlineData("48826402", 302)] // The same, Huffman-coded and to be remembered.
    [InlineData("00073a73746174757303323031", 201)] // Name and value spelled out.
    [InlineData("4882640258 85aec3771a4b 6196d07abe941054d444a8200595040b8166e082a62d1bff 6e919d29ad171863c78f0b97c8e9ae82ae43d3", 302)] // RFC 7541, C.6.1.
    public void Read_Status_InEveryForm(string block, int status) => Assert.Equal(status, Read(block).Status);

    [Fact]
    public void Read_RetryAfter_IsKeptUnderItsIndex() => Assert.Equal("1", Read("8e 0f26 0131").RetryAfter);

    [Fact]
    public void Read_WhatWasWritten_ComesBack()
    {
        var writer = new HeaderBlockWriter();
        writer.Write(":status", "503");
        writer.Write("x-long", new string('x', 1000));
        writer.Write("retry-after", "7");
        writer.Write("quiesce-server", "i3");
        Answer answer = new();

        new HeaderBlockReader(writer.ToArray()).ReadInto(answer);

        Assert.Equal((503, "7", "i3"), (answer.Status, answer.RetryAfter, answer.ServedBy));
    }

    [Theory]
    [InlineData("be")] // An entry of the table that the client does not keep.
    [InlineData("80")] // No entry at all.
    [InlineData("0803")] // Cut before the value.
    [InlineData("08033530")] // Cut inside it.
    [InlineData("08 7fffffffff0f")] // A length beyond everything.
    [InlineData("0803 6f6b21")] // A status that is none.
    public void Read_Broken_IsMalformed(string block) => Assert.Throws<MalformedAnswerException>(() => Read(block));

    private static Answer Read(string block)
    {
        Answer answer = new();
        new HeaderBlockReader(Convert.FromHexString(block.Replace(" ", "", StringComparison.Ordinal))).ReadInto(answer);
        return answer;
    }
}
