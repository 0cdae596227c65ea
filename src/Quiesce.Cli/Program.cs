using Quiesce.Cli;

return await QuiesceTool.RunAsync(args, CliConsole.System(), TimeProvider.System);
