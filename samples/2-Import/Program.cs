using System.Globalization;
using Quiesce;

// Posts each row of a file to an address, and goes on where it stopped: FILE.done says how many rows were answered.
if (args is not [string file, string address])
{
    await Console.Error.WriteLineAsync("Use: Import FILE URL. Posts each row once; run it again to go on.");
    return 2;
}

return await GracefulShutdown.RunAsync(async shutdown =>
{
    string checkpoint = file + ".done";
    int next = File.Exists(checkpoint) ? int.Parse(await File.ReadAllTextAsync(checkpoint), CultureInfo.InvariantCulture) : 0;
    string[] rows = await File.ReadAllLinesAsync(file, shutdown.Draining);
    using var client = new HttpClient();
    await using CancellationTokenRegistration told = shutdown.Draining.Register(() => Console.WriteLine("stopping after this row"));

    for (int row = next; row < rows.Length; row++)
    {
        // Refused once the drain has begun: the loop ends between two rows, never inside one.
        if (!shutdown.Work.TryBegin("row", out WorkLease lease)) { break; }

        using (lease)
        {
            await PostAsync(client, row, rows[row], shutdown.Aborting);

            // No token: the row was answered, and a checkpoint that was cancelled would post it twice.
            await SaveAsync(checkpoint, row + 1);
            Console.WriteLine($"imported row {row + 1} of {rows.Length}");
        }
    }
});

async Task PostAsync(HttpClient client, int row, string text, CancellationToken aborting)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text) };

    // A row that the cut caught is posted again by the next run; by its key the receiver knows it.
    request.Headers.Add("Idempotency-Key", $"{Path.GetFileName(file)}-{row + 1}");
    using HttpResponseMessage answer = await client.SendAsync(request, aborting);
    answer.EnsureSuccessStatusCode();
}

static async Task SaveAsync(string checkpoint, int rows)
{
    string fresh = checkpoint + ".new";
    await File.WriteAllTextAsync(fresh, rows.ToString(CultureInfo.InvariantCulture));
    File.Move(fresh, checkpoint, overwrite: true); // whole or not at all
}
