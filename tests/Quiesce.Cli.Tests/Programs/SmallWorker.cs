using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Checkout.Data;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>A worker of a page: takes what the small server left in a folder, and writes it to a ledger a while later.</summary>
internal sealed class SmallWorker(IReadOnlyDictionary<string, string> options)
{
    public const string Name = "small-worker";

    // Nothing tells about new files without a risk of missing one.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _inHand = [];
    private bool _hasLost;

    /// <param name="args"><c>spool</c> and <c>ledger</c>; <c>late</c>, milliseconds; <c>port</c>, to listen there; <c>exit</c>, its code; <c>leave=never</c>;
    /// <c>loses=busy</c>: at its stop, one item that it is at work on; <c>loses=idle</c>: one that it had said was done, if it has nothing else to do.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> args) =>
        new SmallWorker(args.Select(static arg => arg.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1])).RunAsync();

    private async Task<int> RunAsync()
    {
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            if (Of("leave") != "never") { _told.TrySetResult(); }
        });
        using TcpListener listener = new(IPAddress.Loopback, Number("port", 0));
        listener.Start();
        while (!_told.Task.IsCompleted)
        {
            Take();
            await Task.WhenAny(_told.Task, Task.Delay(_look, TimeProvider.System));
        }

        if (Of("loses") == "idle" && _inHand.TrueForAll(static item => item.IsCompleted)) { ForgetLast(); }
        await Task.WhenAll(_inHand);
        return Number("exit", 0);
    }

    // A name belongs to whoever moves it away: the worker that leaves and its successor look at the same folder.
    private void Take()
    {
        if (Of("spool") is not { } spool) { return; }
        string own = Directory.CreateDirectory($"{spool}.{Environment.ProcessId}").FullName;
        foreach (string file in Directory.GetFiles(spool))
        {
            string id = Path.GetFileName(file);
            try
            {
                File.Move(file, Path.Combine(own, id));
                _inHand.Add(DoAsync(id));
            }
            catch (FileNotFoundException)
            {
                // The other one was faster.
            }
        }
    }

    private async Task DoAsync(string id)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Number("late", 300)), TimeProvider.System);
        if (Of("loses") == "busy" && _told.Task.IsCompleted && !Interlocked.Exchange(ref _hasLost, true)) { return; }
        using AppendFile ledger = AppendFile.Open(options["ledger"]);
        ledger.Append(Encoding.UTF8.GetBytes(id + "\n"));
    }

    private void ForgetLast()
    {
        string[] lines = File.ReadAllLines(options["ledger"]);
        File.WriteAllLines(options["ledger"], lines[..^1]);
    }

    private string? Of(string name) => options.GetValueOrDefault(name);

    private int Number(string name, int otherwise) => Of(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
