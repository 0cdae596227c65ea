using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace HostProgram;

/// <summary>Logs more than a pipe holds, and less than the console logger queues; says when the container disposes of its services.</summary>
internal sealed partial class Talk(ILogger<Talk> logger) : IDisposable
{
    private const int Lines = 2400;
    private const int StandardError = 2;

    public Task LogAsync()
    {
        for (int i = 0; i < Lines; i++) { Line(logger, i); }

        return Task.CompletedTask;
    }

    /// <summary>Past the console: a write to Console.Error waits for whoever writes to Console.Out.</summary>
    public void Dispose()
    {
        using var errors = new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        errors.Write("disposing\n"u8);
    }

    [LoggerMessage(1, LogLevel.Information, "line {Number} of a service that has much to say before it leaves")]
    private static partial void Line(ILogger logger, int number);
}
