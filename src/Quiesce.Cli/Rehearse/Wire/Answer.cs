namespace Quiesce.Cli.Rehearse.Wire;

/// <summary>How far an answer got. The reader fills it in as bytes arrive, so that a cut leaves what was known by then.</summary>
internal sealed class Answer
{
    /// <summary>Whether any byte arrived: the line between <em>reset</em> and <em>truncated</em>.</summary>
    public bool Begun { get; set; }

    /// <summary>The status of the final answer, once its first line was read.</summary>
    public int? Status { get; private set; }

    /// <summary>How many interim answers (1xx) were skipped.</summary>
    public int Interim { get; private set; }

    public bool HeadComplete { get; set; }

    public bool Complete { get; set; }

    /// <summary>The value of <c>Retry-After</c>, if it was there and not empty.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>Which instance a proxy in front names as the one it asked.</summary>
    public string? ServedBy { get; set; }

    /// <summary>Whether 101 is what the client asked for.</summary>
    public bool ExpectsUpgrade { get; init; }

    public long? ContentLength { get; set; }

    public bool Chunked { get; set; }

    /// <summary>A transfer coding that does not end in chunked: the body lasts until the server closes.</summary>
    public bool UnknownTransferCoding { get; set; }

    public bool CloseSeen { get; set; }

    public bool KeepAliveSeen { get; set; }

    public bool IsHttp10 { get; private set; }

    /// <summary>Whether only the end of the connection ends the body.</summary>
    public bool EndsWithConnection { get; set; }

    public long BodyBytes { get; set; }

    /// <summary>Whether the connection may carry another request, as RFC 9112, section 9.3 puts it.</summary>
    public bool AllowsReuse => Complete && !CloseSeen && !EndsWithConnection && (!IsHttp10 || KeepAliveSeen);

    /// <summary>Begins the final answer, or another interim one.</summary>
    public void BeginHead(int status, bool isHttp10)
    {
        IsHttp10 = isHttp10;
        if (status < 200 && !(ExpectsUpgrade && status == 101)) { Interim++; }
        else { Status = status; }
    }

    /// <summary>Forgets the fields of an interim answer: a <c>Connection: close</c> there says nothing about the final one.</summary>
    public void EndInterim()
    {
        RetryAfter = null;
        ContentLength = null;
        Chunked = UnknownTransferCoding = CloseSeen = KeepAliveSeen = false;
    }

    /// <summary>Where it stopped, for a person.</summary>
    public string Whereabouts() => this switch
    {
        { HeadComplete: false, Status: null, Interim: > 0 } => "between an interim answer and the final one",
        { HeadComplete: false } => "inside the head",
        { ContentLength: { } length, Chunked: false } => $"after {BodyBytes} of {length} bytes of the body",
        _ => $"inside the body, after {BodyBytes} bytes of it",
    };
}
