using Quiesce.Cli.Tests.Programs;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The first word decides: a child that a test started, or the tests themselves (the rest is what xUnit generates otherwise).
if (args is [SmallServer.Name, ..]) { return await SmallServer.RunAsync(SmallServerOptions.Parse(args[1..])); }
if (args is [SmallWorker.Name, ..]) { return await SmallWorker.RunAsync(args[1..]); }
return args.Any(static arg => arg is "-automated" or "@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, Quiesce.Cli.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
