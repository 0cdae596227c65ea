using FsCheck;
using FsCheck.Fluent;

namespace Quiesce.Schedules;

/// <summary>Makes schedules up: mostly calm ones, with enough hanging, throwing, late and hasty things in them.</summary>
internal static class ScheduleGenerator
{
    private static readonly long[] _frequencies = [TimeSpan.TicksPerSecond, 1_000_000_000, 24_000_000, 14_318_180, 32_768, 1_193_182];

    // Ctrl+C more often: only a person's second one skips the drain.
    private static readonly ShutdownSignal?[] _pokes =
        [ShutdownSignal.Terminate, ShutdownSignal.Interrupt, ShutdownSignal.Interrupt, ShutdownSignal.Hangup, ShutdownSignal.Quit, null];

    public static Arbitrary<Schedule> Schedules { get; } = Arb.From(Every(), ScheduleShrinker.Shrink);

    private static Gen<Schedule> Every() =>
        from grace in Gen.OneOf(Gen.Choose(2_000, 12_000), Gen.Choose(2_000, 120_000))
        from frequency in Gen.Elements(_frequencies)
        from reserve in Maybe(1, 4, Gen.Choose(grace / 20, grace / 3))
        from handBack in Maybe(1, 4, Gen.Choose(grace / 20, grace / 4))
        from terminal in Gen.Elements(true, false)
        from startedAt in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, grace / 3)))
        from participants in Participants(grace)
        from units in Units(grace)
        from pokes in Pokes(grace)
        select new Schedule
        {
            Grace = grace,
            Frequency = frequency,
            ReleaseReserve = reserve,
            HandBack = handBack,
            Terminal = terminal,
            StartedAt = startedAt,
            Participants = participants,
            Units = units,
            Pokes = pokes,
        };

    private static Gen<IReadOnlyList<ParticipantScript>> Participants(int grace) =>
        from count in Gen.Choose(0, 5)
        from forward in Gen.Elements(true, false)
        from scripts in Gen.CollectToSequence(Enumerable.Range(0, count), i => Participant(i, forward ? Names(i + 1, count) : Names(0, i), grace))
        select (IReadOnlyList<ParticipantScript>)[.. scripts];

    private static Gen<ParticipantScript> Participant(int number, string[] others, int grace) =>
        from uses in Uses(others)
        from stop in Maybe(1, 2, Step(grace))
        from drain in Maybe(2, 1, Step(grace))
        from release in Maybe(2, 1, Step(grace))
        select new ParticipantScript(NameOf(number), uses, stop, drain, release);

    /// <summary>One direction for all: a circle is refused at start-up, so there is none.</summary>
    private static Gen<string[]> Uses(string[] others) => Gen.Frequency(
        (4, Gen.Constant<string[]>([])),
        (2, Gen.Constant<string[]>([ParticipantUses.Nothing])),
        (1, Gen.Constant<string[]>([ParticipantUses.Everything])),
        (4, others.Length == 0 ? Gen.Constant<string[]>([]) : Gen.SubListOf(others).Select(static names => names.ToArray())));

    private static Gen<StepScript> Step(int grace) =>
        from manner in Gen.Frequency((12, Gen.Constant(Manner.Hears)), (5, Gen.Constant(Manner.Ignores)), (1, Gen.Constant(Manner.Blocks)))
        from takes in Takes(grace)
        from reacts in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(1, grace / 100)), (1, Gen.Choose(1, grace)))
        from throws in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from deed in Gen.Frequency((20, Gen.Constant(Deed.None)), (1, Gen.Elements(Deed.Registers, Deed.Requests, Deed.BreaksItsToken)))
        from limit in Maybe(1, 5, Gen.OneOf(Gen.Choose(grace / 100, grace / 10), Gen.Choose(grace / 50, grace)))
        select new StepScript(manner, takes, reacts, throws, deed, limit);

    private static Gen<int?> Takes(int grace) => Gen.Frequency(
        (4, Gen.Constant<int?>(0)),
        (6, Gen.Choose(1, grace / 20).Select(static time => (int?)time)),
        (4, Gen.Choose(1, grace / 2).Select(static time => (int?)time)),
        (1, Gen.Choose(1, grace * 2).Select(static time => (int?)time)),
        (2, Gen.Constant<int?>(null)));

    private static Gen<IReadOnlyList<UnitScript>> Units(int grace) =>
        from count in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 4)))
        from scripts in Gen.CollectToSequence(Enumerable.Range(0, count), i => Unit(i, grace))
        select (IReadOnlyList<UnitScript>)[.. scripts];

    private static Gen<UnitScript> Unit(int number, int grace) =>
        from parent in number == 0 ? Gen.Constant<int?>(null) : Maybe(1, 1, Gen.Choose(0, number - 1))
        from at in parent is null ? Gen.Frequency((3, Gen.Choose(0, grace / 10)), (2, Gen.Choose(0, grace + (grace / 2)))) : Gen.Choose(grace / 4, grace)
        from takes in Takes(grace)
        from reaction in Gen.Frequency(
            (3, Gen.Constant(UnitReaction.Stops)), (1, Gen.Constant(UnitReaction.Finishes)), (2, Gen.Constant(UnitReaction.GoesOn)))
        from reacts in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, grace / 50)), (1, Gen.Choose(1, grace)))
        from handBack in Maybe(2, 1, HandBack(grace))
        select new UnitScript(at, takes, reaction, reacts, parent is null ? handBack : null, parent);

    private static Gen<HandBackScript> HandBack(int grace) =>
        from takes in Gen.Frequency(
            (3, Gen.Constant<int?>(0)), (3, Gen.Choose(1, grace / 30).Select(static time => (int?)time)), (1, Gen.Constant<int?>(null)))
        from throws in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new HandBackScript(takes, throws);

    private static Gen<IReadOnlyList<Poke>> Pokes(int grace) =>
        from count in Gen.Choose(1, 4)
        from pokes in Gen.CollectToSequence(Enumerable.Range(0, count), _ => OnePoke(grace))
        select (IReadOnlyList<Poke>)[.. pokes];

    private static Gen<Poke> OnePoke(int grace) =>
        from at in Gen.Frequency((1, Gen.Choose(0, grace / 4)), (1, Gen.Choose(0, grace)))
        from signal in Gen.Elements(_pokes)
        select new Poke(at, signal);

    private static Gen<T?> Maybe<T>(int yes, int no, Gen<T> value)
        where T : class => Gen.Frequency((yes, value.Select(static one => (T?)one)), (no, Gen.Constant<T?>(null)));

    private static Gen<int?> Maybe(int yes, int no, Gen<int> value) =>
        Gen.Frequency((yes, value.Select(static one => (int?)one)), (no, Gen.Constant<int?>(null)));

    private static string[] Names(int from, int to) => [.. Enumerable.Range(from, to - from).Select(NameOf)];

    private static string NameOf(int number) => ((char)('a' + number)).ToString();
}
