using System.Collections.Concurrent;
using OpenTelemetry;

namespace Adapters.Tests.OpenTelemetry;

/// <summary>An exporter that keeps the names of what it was given, after doing what the test asks, such as blocking.</summary>
internal sealed class KeptExporter<T>(Func<T, string> nameOf, Action? first = null) : BaseExporter<T>
    where T : class
{
    public ConcurrentQueue<string> Names { get; } = new();

    /// <summary>Gets or sets a value indicating whether the collector takes what is left when it is told that this is the end.</summary>
    public bool EndsWell { get; set; } = true;

    public override ExportResult Export(in Batch<T> batch)
    {
        first?.Invoke();
        foreach (T item in batch) { Names.Enqueue(nameOf(item)); }

        return ExportResult.Success;
    }

    protected override bool OnShutdown(int timeoutMilliseconds) => EndsWell;
}
