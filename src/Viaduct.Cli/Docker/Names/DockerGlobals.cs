namespace Viaduct.Cli.Docker;

/// <summary>Options before a command. docker's are understood so that its command lines are; of them only <c>--config</c> means something here.</summary>
internal static class DockerGlobals
{
    private static readonly Flag Config = new("config", FlagKind.String, "string", "The folder of config.json and of the local lists");
    private static readonly Flag Help = Flag.Switch("help", "Print usage", 'h') with { IsShorthandDeprecated = true };

    public static FlagParser OfDocker { get; } = new(
    [
        Config,
        Help,
        new("context", FlagKind.String, "string", "", 'c'),
        Flag.Switch("debug", "", 'D'),
        new("host", FlagKind.String, "string", "", 'H'),
        new("log-level", FlagKind.String, "string", "", 'l'),
        Flag.Switch("tls", ""),
        new("tlscacert", FlagKind.String, "string", ""),
        new("tlscert", FlagKind.String, "string", ""),
        new("tlskey", FlagKind.String, "string", ""),
        Flag.Switch("tlsverify", ""),
        Flag.Switch("version", "", 'v'),
    ], interspersed: false);

    public static FlagParser OfViaduct { get; } = new([Config, Help, Flag.Switch("verbose", "Write every request to standard error")], interspersed: false);
}
