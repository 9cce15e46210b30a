using Viaduct.Cli;
using Viaduct.Cli.Terminal;

using var signals = new Signals();
using var caller = Caller.OfProcess();
return await CommandLine.RunAsync(args, caller, signals.Token);
