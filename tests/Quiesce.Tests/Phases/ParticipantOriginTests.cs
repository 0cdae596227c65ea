using Quiesce.Tests.Fixtures;

namespace Quiesce.Tests.Phases;

/// <summary>Where a participant comes from, as a reader of the code would say it.</summary>
public sealed class ParticipantOriginTests
{
    private const string Here = "Quiesce.Tests.Phases.ParticipantOriginTests";

    [Fact]
    public void Origin_Participant_IsItsType() =>
        Assert.Equal("Quiesce.Tests.Fixtures.Probe", new Probe("ledger").OriginIn(ShutdownPhase.Drain));

    [Fact]
    public void Origin_NestedType_IsNamedAsInCode() => Assert.Equal($"{Here}.Nested", new Nested().OriginIn(ShutdownPhase.Drain));

    [Fact]
    public void Origin_MethodGroup_IsTheMethod() => Assert.Equal($"{Here}.{nameof(FlushAsync)}", OriginOf(FlushAsync));

    [Fact]
    public void Origin_Lambda_IsTheMethodItWasWrittenIn() =>
        Assert.Equal($"{Here}.{nameof(Origin_Lambda_IsTheMethodItWasWrittenIn)}", OriginOf(static (_, _) => Task.CompletedTask));

    [Fact]
    public void Origin_LambdaWithAClosure_IsTheMethodItWasWrittenIn()
    {
        var flushed = Completion.New();

        Assert.Equal($"{Here}.{nameof(Origin_LambdaWithAClosure_IsTheMethodItWasWrittenIn)}", OriginOf((_, _) => flushed.Task));
    }

    [Fact]
    public void Origin_LocalFunction_IsNamedBehindItsMethod()
    {
        Assert.Equal($"{Here}.{nameof(Origin_LocalFunction_IsNamedBehindItsMethod)}.CloseAsync", OriginOf(CloseAsync));

        static Task CloseAsync(ShutdownContext context, CancellationToken token) => Task.CompletedTask;
    }

    [Fact]
    public async Task Origin_HookOfAProgram_IsWhatTheProgramWrote()
    {
        var process = new ProcessUnderTest();
        ProcessShutdown member = process.StartedMember();
        member.Shutdown.OnRelease("ledger", static _ => throw new InvalidOperationException());

        process.Signals.Raise(ShutdownSignal.Terminate);
        ShutdownReport report = await member.Shutdown.Completion.OrHang();

        ParticipantReport ledger = Assert.Single(report.Participants, static part => part.Name == "ledger");
        Assert.Equal($"{Here}.{nameof(Origin_HookOfAProgram_IsWhatTheProgramWrote)}", ledger.Origin);
    }

    private static Task FlushAsync(ShutdownContext context, CancellationToken token) => Task.CompletedTask;

    private static string? OriginOf(Func<ShutdownContext, CancellationToken, Task> callback)
    {
        var registry = new ParticipantRegistry();
        registry.AddHook("ledger", ShutdownPhase.Release, Hook.Of(callback), []);
        return registry.Snapshot()[0].OriginIn(ShutdownPhase.Release);
    }

    private sealed class Nested : IShutdownParticipant
    {
        public string Name => "nested";
    }
}
