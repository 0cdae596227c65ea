using Quiesce.Cli.Rehearse.Beside;

namespace Quiesce.Cli.Tests.Beside;

public sealed class BesideCommandTests
{
    [Theory]
    [InlineData("sleep 600")]
    [InlineData("/bin/sleep 600 >log 2>&1")]
    [InlineData("'/bin/sleep' 600 # for ever")]
    public void ForShell_OneProgram_TakesTheShellsPlace(string command) => Assert.Equal($"exec {command}", BesideCommand.ForShell(command));

    [Theory]
    [InlineData("exec sleep 600")]
    [InlineData("NAME=VALUE sleep 600")]
    [InlineData("sleep 1; sleep 600")]
    [InlineData("sleep 1\nsleep 600")]
    [InlineData("sleep 600 && true")]
    [InlineData("sleep 600 | cat")]
    [InlineData("sleep $(cat seconds)")]
    [InlineData("sleep 600 &")]
    [InlineData("/no/such/program")]
    public void ForShell_AnythingElse_IsLeftAsItIs(string command) => Assert.Equal(command, BesideCommand.ForShell(command));
}
