using System.Net.Sockets;
using System.Text;

namespace Quiesce.Tests.Fixtures;

/// <summary>A service manager's end of the notification socket: a real datagram socket.</summary>
internal sealed class FakeServiceManager : IDisposable
{
    private readonly string? _file;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="isAbstract">Whether its name is in no directory, as systemd's own for user services.</param>
    public FakeServiceManager(bool isAbstract = false)
    {
        string name = Path.Combine(Path.GetTempPath(), $"quiesce-{Guid.NewGuid():N}");
        Address = isAbstract ? '@' + name[1..] : name;
        _file = isAbstract ? null : name;
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
    }

    /// <summary>Gets what NOTIFY_SOCKET says.</summary>
    public string Address { get; }

    public NotifySocket Socket(params (string Name, string Value)[] variables) =>
        NotifySocket.From(name => name == "NOTIFY_SOCKET" ? Address : variables.FirstOrDefault(variable => variable.Name == name).Value)!;

    /// <summary>Gets whether a message waits to be read.</summary>
    public bool HasMessage => _socket.Available > 0;

    /// <summary>Reads the next message, as its lines.</summary>
    public async Task<string[]> NextAsync()
    {
        byte[] buffer = new byte[4096];
        int length = await _socket.ReceiveAsync(buffer).WaitAsync(TestTimeouts.Hang);
        return Encoding.UTF8.GetString(buffer, 0, length).Split('\n');
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (_file is not null) { File.Delete(_file); }
    }
}
