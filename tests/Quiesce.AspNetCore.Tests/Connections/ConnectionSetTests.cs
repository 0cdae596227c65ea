using Microsoft.AspNetCore.Connections;
using Quiesce.AspNetCore.Connections;
using Quiesce.Testing;

namespace Quiesce.AspNetCore.Tests.Connections;

public sealed class ConnectionSetTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(10)]
    [InlineData(16)] // as many as it holds at first
    [InlineData(17)]
    [InlineData(600)]
    [InlineData(1024)] // as many as it holds at most
    [InlineData(5000)]
    public void Rate_ConnectionsComeEvenly_IsTheirs(int count)
    {
        var connections = new ConnectionSet(_time);

        for (int i = 0; i < count; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1) / count);
            connections.Add(new DefaultConnectionContext());
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(connections.Rate().PerSecond, count / 60.0 * 0.85, count / 60.0 * 1.02);
        Assert.Equal(TimeSpan.FromSeconds(2), connections.SinceLast(atMost: TimeSpan.FromMinutes(1)));
    }
}
