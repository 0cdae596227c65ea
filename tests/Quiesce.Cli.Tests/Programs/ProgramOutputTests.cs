using System.Diagnostics;
using System.Globalization;
using Quiesce.Cli.Rehearse.Programs;
using Quiesce.Cli.Tests.Misbehaving;

namespace Quiesce.Cli.Tests.Programs;

/// <summary>What a program writes: kept, bounded, and never in its way.</summary>
public sealed class ProgramOutputTests
{
    [Fact]
    public async Task Output_ProgramFloods_NeitherBlocksItNorKeepsMoreThanTheLastLines()
    {
        ProgramProcess program = Shell.Start("yes 0123456789 | head -c 30000000; echo; echo last; echo error >&2");

        ProgramExit exit = await Shell.EndOfAsync(program);

        IReadOnlyList<string> lines = program.Output.Last(1000);
        Assert.Equal(0, exit.Status.Code);
        Assert.Equal(OutputTail.Lines, lines.Count);
        Assert.Equal(["last", "error"], lines.TakeLast(2));
    }

    [Fact]
    public async Task Output_LineWithoutEnd_IsCut()
    {
        IReadOnlyList<string> lines = await Shell.OutputOfAsync("head -c 1000000 /dev/zero | tr '\\0' x");

        Assert.Equal(OutputTail.LineLength, Assert.Single(lines).Length);
    }

    [Fact]
    public async Task Start_LogGiven_KeepsEverything()
    {
        using var folder = new TemporaryFolder();
        string log = folder["log"];
        await Shell.EndOfAsync(Shell.Start("seq 1 5000", log));

        Assert.Equal(5000, File.ReadAllLines(log).Length);
    }
}
