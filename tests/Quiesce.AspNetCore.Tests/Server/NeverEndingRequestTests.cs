namespace Quiesce.AspNetCore.Tests.Server;

/// <summary>Real processes and real signals.</summary>
[Trait("Size", "Full")]
public sealed class NeverEndingRequestTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(5)]
    public async Task Sigterm_RequestNeverEnds_LeavesByItselfInsideTheGraceAndNamesTheRoute(int grace)
    {
        await using ChildProcess program = ChildProcess.Start(
            "WebProgram", new Dictionary<string, string> { ["QUIESCE_GRACE_PERIOD"] = $"{grace}" }, "--urls", "http://127.0.0.1:0");
        string listening = await program.Output.ContainingAsync("Now listening on: ");
        using var client = new HttpClient { BaseAddress = new Uri(listening[listening.IndexOf("http", StringComparison.Ordinal)..].Trim()) };
        Task<HttpResponseMessage> endless = client.GetAsync("/endless/4711");
        await program.Output.ContainingAsync("endless began");

        program.Send(ShutdownSignal.Terminate);
        await program.Output.ContainingAsync("Announcing for");
        string other = await client.GetStringAsync("/");
        int exitCode = await program.ExitAsync(TimeSpan.FromSeconds(grace));

        Assert.Equal("hello", other);
        Assert.Equal(ShutdownExitCode.WorkAbandoned, exitCode);
        Assert.Contains("ledger released", program.Output.All, StringComparison.Ordinal);
        Assert.Contains("'GET /endless/{id}'", await program.Output.ContainingAsync("Shut down in"), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => endless);
    }
}
