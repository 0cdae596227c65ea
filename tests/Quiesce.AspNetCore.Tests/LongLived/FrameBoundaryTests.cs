using Quiesce.AspNetCore.LongLived;

namespace Quiesce.AspNetCore.Tests.LongLived;

public sealed class FrameBoundaryTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(125, false)]
    [InlineData(126, false)]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    [InlineData(70_000, true)]
    public void Pass_OneByteAtATime_IsHereOnlyAfterTheFrame(int length, bool masked)
    {
        byte[] frame = Frame(0x82, length, masked);
        var boundary = default(FrameBoundary);

        for (int i = 0; i < frame.Length; i++)
        {
            Assert.Equal(i == 0, boundary.IsHere);
            boundary.Pass(frame.AsSpan(i, 1));
        }

        Assert.True(boundary.IsHere);
        Assert.False(boundary.HasClosed);
    }

    [Fact]
    public void Pass_SeveralFramesAtOnce_SeesTheCloseFrame()
    {
        var boundary = default(FrameBoundary);

        boundary.Pass([.. Frame(0x02, 300, masked: false), .. Frame(0x80, 5, masked: false), .. Frame(0x88, 2, masked: false)]);

        Assert.True(boundary.IsHere);
        Assert.True(boundary.HasClosed);
    }

    private static byte[] Frame(byte first, int length, bool masked)
    {
        byte mask = masked ? (byte)0x80 : (byte)0;
        byte[] size = length < 126 ? [(byte)(mask | length)]
            : length < 65_536 ? [(byte)(mask | 126), (byte)(length >> 8), (byte)length]
            : [(byte)(mask | 127), 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [first, .. size, .. new byte[(masked ? 4 : 0) + length]];
    }
}
