using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

// Answers each request with the same few bytes and does nothing else, so that what eng/bench-load measures is the load generator.
// A request is whatever one receive brings: the load generator sends each in one piece, and never the next before the answer.
byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
int port = int.Parse(Environment.GetEnvironmentVariable("PORT")!, CultureInfo.InvariantCulture);
using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
listener.Listen(4096);

var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    told.TrySetResult();
});
_ = AcceptAsync();
await told.Task;

async Task AcceptAsync()
{
    while (true) { _ = ServeAsync(await listener.AcceptAsync()); }
}

async Task ServeAsync(Socket client)
{
    using (client)
    {
        client.NoDelay = true;
        byte[] buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer) > 0) { await client.SendAsync(answer); }
        }
        catch (SocketException)
        {
            // The client has gone.
        }
    }
}
