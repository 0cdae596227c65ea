using System.Collections;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Quiesce.Benchmarks.Requests;

/// <summary>One connection's request, used again and again as Kestrel does: features, callbacks and the context of the host are kept.</summary>
internal sealed class InProcessRequest<TContext> : IFeatureCollection, IHostContextContainer<TContext>, IHttpRequestFeature, IHttpResponseFeature,
    IHttpResponseBodyFeature, IHttpRequestLifetimeFeature
    where TContext : notnull
{
    private readonly List<KeyValuePair<Type, object?>> _extras = [];
    private IHttpRequestLifetimeFeature _lifetime = null!; // set before each request
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _onCompleted = new();

    public TContext? HostContext { get; set; }

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public string Protocol { get; set; } = "HTTP/1.1";

    public string Scheme { get; set; } = "http";

    public string Method { get; set; } = "GET";

    public string PathBase { get; set; } = "";

    public string Path { get; set; } = "/";

    public string QueryString { get; set; } = "";

    public string RawTarget { get; set; } = "/";

    IHeaderDictionary IHttpRequestFeature.Headers { get; set; } = new HeaderDictionary();

    Stream IHttpRequestFeature.Body { get; set; } = System.IO.Stream.Null;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    IHeaderDictionary IHttpResponseFeature.Headers { get; set; } = new HeaderDictionary();

    Stream IHttpResponseFeature.Body { get; set; } = System.IO.Stream.Null;

    public bool HasStarted { get; private set; }

    public Stream Stream => System.IO.Stream.Null;

    public PipeWriter Writer { get; } = PipeWriter.Create(System.IO.Stream.Null);

    public CancellationToken RequestAborted { get; set; }

    /// <summary>As Kestrel does: a comparison for each type that it knows, a short list for the others.</summary>
    public object? this[Type key]
    {
        get
        {
            if (key == typeof(IHttpRequestLifetimeFeature)) { return _lifetime; }

            if (key == typeof(IHttpRequestFeature) || key == typeof(IHttpResponseFeature) || key == typeof(IHttpResponseBodyFeature)) { return this; }

            foreach (KeyValuePair<Type, object?> extra in _extras)
            {
                if (extra.Key == key) { return extra.Value; }
            }

            return null;
        }

        set
        {
            Revision++;
            if (key == typeof(IHttpRequestLifetimeFeature))
            {
                _lifetime = (IHttpRequestLifetimeFeature)value!;
                return;
            }

            for (int i = 0; i < _extras.Count; i++)
            {
                if (_extras[i].Key != key) { continue; }

                _extras[i] = new(key, value);
                return;
            }

            _extras.Add(new(key, value));
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public void Reset()
    {
        (HasStarted, StatusCode, _lifetime) = (false, StatusCodes.Status200OK, this);
        _onStarting.Clear();
        _onCompleted.Clear();
        _extras.Clear();
        Revision++;
    }

    public void OnStarting(Func<object, Task> callback, object state) => _onStarting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted) { return; }

        while (_onStarting.TryPop(out (Func<object, Task> Callback, object State) starting)) { await starting.Callback(starting.State); }

        HasStarted = true;
    }

    public async Task CompleteAsync()
    {
        await StartAsync();
        while (_onCompleted.TryPop(out (Func<object, Task> Callback, object State) completed)) { await completed.Callback(completed.State); }
    }

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Abort()
    {
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => throw new NotSupportedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
