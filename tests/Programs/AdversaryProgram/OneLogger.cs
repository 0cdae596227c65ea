using Microsoft.Extensions.Logging;

namespace AdversaryProgram;

/// <summary>Gives everybody the same logger.</summary>
internal sealed class OneLogger(ILogger logger) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void Dispose()
    {
    }
}
