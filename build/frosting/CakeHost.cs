using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting.Hosting;

namespace Cake.Frosting;

/// <summary>Finds the tasks of a build and runs those that the command line asks for.</summary>
public sealed class CakeHost
{
    private readonly HostTypes _types = new();
    private readonly ICakeEnvironment _environment;
    private readonly IConsole _console;
    private DirectoryPath? _workingDirectory;

    public CakeHost()
    {
        _environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        _console = HostConsole.Create(_environment);
        if (Assembly.GetEntryAssembly() is { } entry)
            _types.Assemblies.Add(entry);
    }

    /// <summary>A host that knows these tasks alone and writes there.</summary>
    internal CakeHost(IConsole console, params Type[] tasks)
    {
        _environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        _console = console;
        _types.Tasks.AddRange(tasks);
    }

    /// <summary>Looks for tasks there, too.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        _types.Assemblies.Add(assembly);
        return this;
    }

    public CakeHost UseContext<TContext>()
        where TContext : class, IFrostingContext
    {
        _types.Context = typeof(TContext);
        return this;
    }

    public CakeHost UseLifetime<TLifetime>()
        where TLifetime : class, IFrostingLifetime
    {
        _types.Lifetime = typeof(TLifetime);
        return this;
    }

    public CakeHost UseTaskLifetime<TLifetime>()
        where TLifetime : class, IFrostingTaskLifetime
    {
        _types.TaskLifetime = typeof(TLifetime);
        return this;
    }

    /// <summary>Where to work, unless <c>--working</c> says otherwise.</summary>
    public CakeHost UseWorkingDirectory(DirectoryPath path)
    {
        _workingDirectory = path;
        return this;
    }

    /// <returns>0 done; 1, or what a <see cref="CakeException"/> says, failed; 2 wrong usage; 130 cancelled.</returns>
    public int Run(IEnumerable<string> args)
    {
        var log = new CakeBuildLog(_console, Verbosity.Normal);
        try
        {
            var arguments = ArgumentParser.Parse(args);
            log.Verbosity = arguments.Verbosity;
            if (arguments.Mode is HostMode.Help or HostMode.Version)
            {
                _console.WriteLine(arguments.Mode == HostMode.Help ? HelpView.Help() : HelpView.Version());
                return ExitCodes.Done;
            }

            EnterWorkingDirectory(arguments.WorkingDirectory);
            var cake = new Composition(_console, _environment, log, arguments);
            new HostRun(cake, arguments, _types).RunAsync().GetAwaiter().GetResult();
            return ExitCodes.Done;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, log);
        }
    }

    private void EnterWorkingDirectory(string? asked)
    {
        if ((asked is null ? _workingDirectory : new DirectoryPath(asked)) is not { } path)
            return;

        var directory = path.MakeAbsolute(_environment);
        if (!Directory.Exists(directory.FullPath))
            throw new CakeException(ExitCodes.Usage, $"The working directory '{directory}' does not exist.");

        _environment.WorkingDirectory = directory;
    }
}
