using System.Globalization;

namespace Quiesce.Hosting.Tests.Signals;

/// <summary>Each signal once, twice and three times, with and without a terminal: real processes, real signals, a real terminal.</summary>
[Trait("Size", "Full")]
public sealed class SignalMatrixTests
{
    private const string CtrlC = "\u0003";
    private static readonly Dictionary<string, string> _environment = new() { ["QUIESCE_GRACE_PERIOD"] = "20" };

    public static MatrixTheoryData<bool, string, int> OrchestratorsSignals => new([false, true], ["Terminate", "Quit"], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(OrchestratorsSignals))]
    [InlineData(false, "Interrupt", 1)]
    [InlineData(false, "Interrupt", 2)]
    [InlineData(false, "Interrupt", 3)]
    public async Task Signal_OfAnOrchestrator_BeginsOnceAndRepeatsChangeNothing(bool terminal, string signal, int times)
    {
        // Arrange
        await using ChildProcess child = Start(terminal);
        int process = await ProcessIdAsync(child);

        // Act
        ChildProcess.SendTo(process, Enum.Parse<ShutdownSignal>(signal));
        await child.Output.ContainingAsync("draining");
        for (int i = 1; i < times; i++) { ChildProcess.SendTo(process, Enum.Parse<ShutdownSignal>(signal)); }

        child.WriteLine("go on");
        int exitCode = await child.ExitAsync();

        // Assert
        Assert.Equal(ShutdownExitCode.Clean, exitCode);
        Assert.DoesNotContain("aborting", child.Output.Snapshot());
        Assert.Contains("ledger disposed", child.Output.Snapshot());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Hangup_WithoutATerminal_IsLoggedAndIgnored(int times)
    {
        // Arrange
        await using ChildProcess child = Start(terminal: false);
        int process = await ProcessIdAsync(child);

        // Act
        for (int i = 0; i < times; i++) { ChildProcess.SendTo(process, ShutdownSignal.Hangup); }

        await child.Output.ContainingAsync("SIGHUP received; it changes nothing now.");
        bool hasBegun = child.Output.Snapshot().Contains("draining");
        ChildProcess.SendTo(process, ShutdownSignal.Terminate);
        child.WriteLine("go on");

        // Assert
        Assert.False(hasBegun);
        Assert.Equal(ShutdownExitCode.Clean, await child.ExitAsync());
    }

    [Theory]
    [InlineData("Interrupt", 1, ShutdownExitCode.Clean)]
    [InlineData("Interrupt", 2, ShutdownExitCode.WorkAbandoned)]
    [InlineData("Interrupt", 3, 130)]
    [InlineData("Hangup", 1, ShutdownExitCode.Clean)]
    [InlineData("Hangup", 2, ShutdownExitCode.WorkAbandoned)]
    [InlineData("Hangup", 3, 129)]
    public async Task Signal_OfAPersonAtATerminal_Escalates(string signal, int times, int expected)
    {
        // Arrange
        await using ChildProcess child = Start(terminal: true);
        int process = await ProcessIdAsync(child);

        // Act
        Press(child, signal, process);
        await child.Output.ContainingAsync("draining");
        await child.Output.ContainingAsync("Ctrl+C skips the wait: 1 unit, oldest 'row'");
        if (times == 1) { child.WriteLine("go on"); }

        if (times > 1)
        {
            Press(child, signal, process);
            await child.Output.ContainingAsync("aborting");
        }

        if (times > 2) { Press(child, signal, process); }

        // Assert: the third one runs nothing more
        Assert.Equal(expected, await child.ExitAsync());
        Assert.Equal(times < 3, child.Output.Snapshot().Contains("ledger disposed"));
        if (times < 3) { Assert.Contains("Quiesce: Shut down in", child.Output.All, StringComparison.Ordinal); }
    }

    private static ChildProcess Start(bool terminal) => terminal
        ? ChildProcess.StartOnTerminal("HostProgram", _environment, "holds-a-unit")
        : ChildProcess.Start("HostProgram", _environment, "holds-a-unit");

    private static async Task<int> ProcessIdAsync(ChildProcess child)
    {
        string line = await child.Output.ContainingAsync("pid ");
        await child.Output.ContainingAsync("Application started");
        return int.Parse(line.AsSpan(line.IndexOf("pid ", StringComparison.Ordinal) + 4), CultureInfo.InvariantCulture);
    }

    /// <summary>Ctrl+C is typed: the terminal itself makes the signal. A hangup has no key.</summary>
    private static void Press(ChildProcess child, string signal, int process)
    {
        if (signal == "Interrupt") { child.Type(CtrlC); }
        else { ChildProcess.SendTo(process, Enum.Parse<ShutdownSignal>(signal)); }
    }
}
