using System.Globalization;
using System.Runtime.InteropServices;
using Quiesce.Cli.Rehearse.Balancers;

namespace Quiesce.Cli.Rehearse.Load;

/// <summary>Keeps the records of a load until somebody reads them.</summary>
/// <remarks>
/// A record is an object only for those who make and read it. Kept as objects, some hundred thousand of them are what each garbage collection of
/// the load has to move, and every request that is due meanwhile is late: at 5,000 requests a second that was more than one in a hundred.
/// Not thread-safe.
/// </remarks>
internal sealed class RecordStore
{
    // Large enough to be allocated once and never moved.
    private const int ChunkLength = 4096;

    private readonly List<Entry[]> _chunks = [];
    private int _count;

    // The beginning that ids of one load share.
    private string _prefix = "";

    public void Add(RequestRecord record)
    {
        if (_count == _chunks.Count * ChunkLength) { _chunks.Add(new Entry[ChunkLength]); }
        _chunks[^1][_count++ % ChunkLength] = new Entry(record, Shorten(record.Id, out long number), number);
    }

    /// <summary>All of them, in the order in which they were added. A copy.</summary>
    public IReadOnlyList<RequestRecord> ToRecords()
    {
        var records = new RequestRecord[_count];
        for (int i = 0; i < _count; i++) { records[i] = _chunks[i / ChunkLength][i % ChunkLength].ToRecord(); }
        return records;
    }

    /// <summary>Splits an id into a beginning, kept once, and a number.</summary>
    private string Shorten(string id, out long number)
    {
        int digits = id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        bool isNumber = id.Length - digits is > 0 and <= 18 && id[digits] != '0';
        if (!isNumber)
        {
            number = Entry.NoNumber;
            return id;
        }

        number = long.Parse(id.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture);
        if (!id.AsSpan(0, digits).SequenceEqual(_prefix)) { _prefix = id[..digits]; }
        return _prefix;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Entry(RequestRecord record, string prefix, long number)
    {
        public const long NoNumber = -1;

        private readonly string _prefix = prefix;
        private readonly long _number = number;
        private readonly RequestTemplate _template = record.Template;
        private readonly Endpoint? _endpoint = record.Endpoint;
        private readonly OutcomeClass _outcome = record.Outcome;
        private readonly int? _status = record.Status;
        private readonly long _scheduledAt = record.ScheduledAt, _sentAt = record.SentAt, _endedAt = record.EndedAt;
        private readonly int _connectionUses = record.ConnectionUses, _sentAgain = record.SentAgain;
        private readonly long? _connectionLastUsedAt = record.ConnectionLastUsedAt;
        private readonly bool _connectionCloseSeen = record.ConnectionCloseSeen, _inBurst = record.InBurst;
        private readonly string? _detail = record.Detail;

        public RequestRecord ToRecord() => new()
        {
            Id = _number == NoNumber ? _prefix : string.Create(CultureInfo.InvariantCulture, $"{_prefix}{_number}"),
            Template = _template,
            Endpoint = _endpoint,
            Outcome = _outcome,
            Status = _status,
            ScheduledAt = _scheduledAt,
            SentAt = _sentAt,
            EndedAt = _endedAt,
            ConnectionUses = _connectionUses,
            ConnectionLastUsedAt = _connectionLastUsedAt,
            ConnectionCloseSeen = _connectionCloseSeen,
            InBurst = _inBurst,
            SentAgain = _sentAgain,
            Detail = _detail,
        };
    }
}
