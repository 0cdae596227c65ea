// Acts random schedules out on the real coordinator and holds each against the guarantees and a reference model.
//
// ScheduleProgram [SCHEDULES [SEED]]     10,000 schedules and a new seed, unless given
//
// Needs DOTNET_PROCESSOR_COUNT=1, so that the thread pool may be made to come to rest. Exit code 1: a rule was broken, or a state was not
// reached; 2: it was not started as it should be.
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Quiesce.Schedules;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
int count = 10_000;
ulong seed = (ulong)Random.Shared.Next();
if (args.Length > 2
    || (args.Length > 0 && (!int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0))
    || (args.Length > 1 && !ulong.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out seed)))
{
    return Refuse($"'{string.Join(' ', args)}' is not understood. Use ScheduleProgram [SCHEDULES [SEED]], both whole numbers above 0.");
}

if (OneWorker.TryTakePool() is not { } worker)
{
    return Refuse("The thread pool has more than one worker. Set DOTNET_PROCESSOR_COUNT=1 and start again.");
}

var rehearsal = new Rehearsal(worker, count);
Console.WriteLine($"{count:N0} schedules, seed {seed}.");
try
{
    Prop.ForAll(ScheduleGenerator.Schedules, rehearsal.Act)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, 1).WithQuietOnSuccess(true));
}
catch (Exception failure)
{
    // FsCheck says which schedule, shrunk, and why.
    Console.Error.WriteLine(failure.Message);
    Console.Error.WriteLine($"A rule was broken after {rehearsal.Done:N0} schedules, seed {seed}.");
    return 1;
}

Console.WriteLine(rehearsal.Coverage);
Console.WriteLine($"{rehearsal.Done:N0} schedules, 0 violations, {rehearsal.TooClose:N0} too close for the model, seed {seed}.");
string[] missing = [.. rehearsal.Coverage.Missing];
if (missing.Length > 0) { Console.Error.WriteLine($"Not reached: {string.Join("; ", missing)}."); }

return missing.Length > 0 ? 1 : 0;

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    return 2;
}
