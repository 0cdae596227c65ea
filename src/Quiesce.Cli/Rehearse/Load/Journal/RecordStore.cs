using System.Globalization;
using System.Runtime.InteropServices;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Load.Journal;

/// <summary>Keeps the records of a load until somebody reads them.</summary>
/// <remarks>
/// A record is an object only for those who make and read it. What is kept of it lies outside of the managed heap: some hundred thousand objects are what each
/// garbage collection of the load has to look through, arrays of them bring collections of their own, and every request that is due meanwhile is late.
/// Not thread-safe.
/// </remarks>
internal sealed class RecordStore
{
    private const int ChunkLength = 4096;

    private readonly List<NativeChunk<Entry>> _chunks = [];
    private readonly Interned<string> _prefixes = new();
    private readonly Interned<string> _details = new();
    private readonly Interned<RequestTemplate> _templates = new(ReferenceEqualityComparer.Instance);
    private readonly Interned<Endpoint> _endpoints = new(ReferenceEqualityComparer.Instance);
    private int _count;

    public void Add(RequestRecord record)
    {
        if (_count == _chunks.Count * ChunkLength) { _chunks.Add(new NativeChunk<Entry>(ChunkLength)); }
        (string prefix, long? number) = Split(record.Id);
        _chunks[^1][_count++ % ChunkLength] = new Entry
        {
            Prefix = _prefixes.Keep(prefix),
            Number = number,
            Template = _templates.Keep(record.Template),
            Endpoint = _endpoints.Keep(record.Endpoint),
            Outcome = record.Outcome,
            Status = record.Status,
            ScheduledAt = record.ScheduledAt,
            SentAt = record.SentAt,
            EndedAt = record.EndedAt,
            ConnectionUses = record.ConnectionUses,
            ConnectionLastUsedAt = record.ConnectionLastUsedAt,
            ConnectionCloseSeen = record.ConnectionCloseSeen,
            InBurst = record.InBurst,
            SentAgain = record.SentAgain,
            Detail = _details.Keep(record.Detail),
        };
    }

    /// <summary>All of them, in the order in which they were added. A copy.</summary>
    public IReadOnlyList<RequestRecord> ToRecords()
    {
        var records = new RequestRecord[_count];
        for (int i = 0; i < _count; i++) { records[i] = ToRecord(_chunks[i / ChunkLength][i % ChunkLength]); }
        return records;
    }

    private RequestRecord ToRecord(in Entry entry) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{_prefixes[entry.Prefix]}{entry.Number}"),
        Template = _templates[entry.Template]!,
        Endpoint = _endpoints[entry.Endpoint],
        Outcome = entry.Outcome,
        Status = entry.Status,
        ScheduledAt = entry.ScheduledAt,
        SentAt = entry.SentAt,
        EndedAt = entry.EndedAt,
        ConnectionUses = entry.ConnectionUses,
        ConnectionLastUsedAt = entry.ConnectionLastUsedAt,
        ConnectionCloseSeen = entry.ConnectionCloseSeen,
        InBurst = entry.InBurst,
        SentAgain = entry.SentAgain,
        Detail = _details[entry.Detail],
    };

    /// <summary>Splits an id into a beginning, which ids of one load share, and a number.</summary>
    private static (string Prefix, long? Number) Split(string id)
    {
        int digits = id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        bool isNumber = id.Length - digits is > 0 and <= 18 && id[digits] != '0';
        return isNumber ? (id[..digits], long.Parse(id.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture)) : (id, null);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry
    {
        public required int Prefix { get; init; }

        public required long? Number { get; init; }

        public required int Template { get; init; }

        public required int Endpoint { get; init; }

        public required OutcomeClass Outcome { get; init; }

        public required int? Status { get; init; }

        public required long ScheduledAt { get; init; }

        public required long SentAt { get; init; }

        public required long EndedAt { get; init; }

        public required int ConnectionUses { get; init; }

        public required long? ConnectionLastUsedAt { get; init; }

        public required bool ConnectionCloseSeen { get; init; }

        public required bool InBurst { get; init; }

        public required int SentAgain { get; init; }

        public required int Detail { get; init; }
    }
}
