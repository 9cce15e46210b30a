using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Frosting.Hosting;

/// <summary>Cake's parts, put together by hand: there are few, and a container would cost start-up time.</summary>
internal sealed class Composition
{
    public Composition(IConsole console, ICakeEnvironment environment, ICakeLog log, HostArguments arguments)
    {
        Console = console;
        Log = log;

        var fileSystem = new FileSystem();
        var globber = new Globber(fileSystem, environment);
        var data = new CakeDataService();
        var cakeArguments = new CakeArguments(arguments.ToLookup());
        var configuration = new CakeConfigurationProvider(fileSystem, environment)
            .CreateConfiguration(environment.WorkingDirectory, LastValues(arguments));
        var tools = new ToolLocator(
            environment,
            new ToolRepository(environment),
            new ToolResolutionStrategy(fileSystem, environment, globber, configuration, log));
        var processes = new ProcessRunner(fileSystem, environment, log, tools, configuration);
        var registry = new WindowsRegistry();
        var installer = new NoToolInstaller();

        Services = new HostServices();
        Context = new CakeContext(
            fileSystem, environment, globber, log, cakeArguments, processes, registry,
            tools, data, configuration, installer, Services);

        EngineLog = new EngineLog(log);
        Engine = new CakeEngine(data, EngineLog);
        Services
            .Add(Context).Add(log).Add(console).Add<IFileSystem>(fileSystem).Add(environment)
            .Add<IGlobber>(globber).Add<ICakeArguments>(cakeArguments).Add<IProcessRunner>(processes)
            .Add<IRegistry>(registry).Add<IToolLocator>(tools).Add<ICakeDataService>(data)
            .Add<ICakeDataResolver>(data).Add(configuration).Add<IToolInstaller>(installer)
            .Add<IServiceProvider>(Services);
    }

    public IConsole Console { get; }
    public ICakeLog Log { get; }
    public EngineLog EngineLog { get; }
    public HostServices Services { get; }
    public ICakeContext Context { get; }
    public CakeEngine Engine { get; }

    private static Dictionary<string, string> LastValues(HostArguments arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in arguments.Values)
            values[name] = value;
        return values;
    }
}
