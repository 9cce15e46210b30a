using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>What a process costs before it does anything.</summary>
internal static class StartupCase
{
    private const string Viaduct = "viaduct version";
    private const string Crane = "crane version";

    public static Contest Make(Toolbox tools) => new(
        "Start-up",
        "Each prints its version. `true` is what starting and reaping a process costs here.",
        Viaduct,
        [
            Contestant.Of("true", new Command(["true"])),
            Contestant.Of(Viaduct, tools.Viaduct.With("version")),
            Of(Crane, tools.Crane, "version"),
            Of("oras version", tools.Oras, "version"),
            Of("docker --version", tools.Docker, "--version"),
        ],
        [new Goal(Crane, 0.8)]);

    private static Contestant Of(string name, Peer? peer, string argument) =>
        peer is null ? Contestant.Absent(name, "not found") : Contestant.Of(name, peer.With(argument));
}
