using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary><c>--runner PLATFORM=LABEL</c>: the kind of machine that builds for a platform.</summary>
internal sealed class RunnerOption
{
    private const string Every = "*";

    public Option<string[]> Option { get; } = new("--runner") { Description = "The machine for a platform (or * for all others), by the label that the service knows it by; repeat it.", HelpName = "PLATFORM=LABEL" };

    /// <exception cref="ViaductException">VIA9001.</exception>
    public Func<Platform, string> Read(ParseResult parse, string format)
    {
        var said = new List<(Platform? Platform, string Label)>();
        foreach (var text in parse.GetValue(Option) ?? [])
        {
            var equals = text.IndexOf('=');
            if (equals <= 0 || equals == text.Length - 1 || text.Any(char.IsControl)) throw CliErrors.Usage($"--runner: '{text}' is not PLATFORM=LABEL", "Write linux/arm64=my-arm-machines, or *=LABEL for all platforms.");
            var platform = text[..equals] == Every ? (Platform?)null
                : Platform.TryParse(text[..equals], out var parsed) ? parsed : throw CliErrors.Usage($"--runner: '{text[..equals]}' is not a platform", "Write os/architecture, such as linux/arm64.");
            said.Add((platform, text[(equals + 1)..]));
        }
        return platform => said.FirstOrDefault(s => s.Platform is { } its && its.Same(platform)).Label ?? said.FirstOrDefault(s => s.Platform is null).Label ?? Default(format, platform);
    }

    /// <summary>What the services host themselves. Images of other architectures are built without RUN, or by emulation.</summary>
    private static string Default(string format, Platform platform) => (format, platform.Architecture == "arm64" && platform.Os == "linux") switch
    {
        ("github", true) => "ubuntu-24.04-arm",
        ("gitlab", true) => "saas-linux-small-arm64",
        ("gitlab", false) => "saas-linux-small-amd64",
        ("json", true) => "arm64",
        ("json", false) => "amd64",
        _ => "ubuntu-24.04",
    };
}
