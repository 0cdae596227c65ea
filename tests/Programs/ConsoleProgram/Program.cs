using ConsoleProgram;
using Quiesce;

// A program for the tests to stop: the argument says how it behaves. It prints "ready", and "draining" when it is asked to end.
if (args is not [string name] || !Behaviours.ByName.TryGetValue(name, out Behaviour? behaviour))
{
    Console.Error.WriteLine($"Name one of: {string.Join(", ", Behaviours.ByName.Keys)}.");
    return 2;
}

// Half of the grace as margin: the tests run on busy machines, and what they ask is who ends the process, not how fast.
var options = new GracefulShutdownOptions { GracePeriod = TimeSpan.FromSeconds(3), Margin = TimeSpan.FromSeconds(1.5) };
options.Report.TerminationMessageFile = Environment.GetEnvironmentVariable("TERMINATION_MESSAGE_FILE"); // a container has it mounted
int exitCode = await GracefulShutdown.RunAsync(behaviour.RunAsync, options);
behaviour.AfterRun();
return exitCode;
