using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>containerd on this machine.</summary>
internal sealed partial class ContainerdEngine : IEngine
{
    public const string DefaultAddress = "/run/containerd/containerd.sock";
    public const string DefaultNamespace = "default";

    private readonly Ctr _ctr;

    private ContainerdEngine(Ctr ctr, EngineInfo info) => (_ctr, Info) = (ctr, info);

    public EngineInfo Info { get; }

    /// <exception cref="EngineSilence">It does not answer.</exception>
    public static async Task<ContainerdEngine> ConnectAsync(Ctr ctr, CancellationToken cancellationToken)
    {
        var (exit, output, error) = await ctr.RunAsync(["--timeout", "20s", "version"], null, cancellationToken).ConfigureAwait(false);
        if (exit != 0) throw new EngineSilence(Words(error));
        // First the client's version, then the server's.
        var version = Version().Matches(output) is [.., var last] ? last.Groups[1].Value : "?";
        return new ContainerdEngine(ctr, new EngineInfo("containerd", EngineErrors.Short(version), ctr.Address, HostProcessor.Platform, HasContainerdStore: false));
    }

    public async Task LoadAsync(Platform platform, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var (exit, _, error) = await _ctr.RunAsync(["images", "import", "--platform", platform.ToString(), "-"], write, cancellationToken).ConfigureAwait(false);
        if (exit != 0) throw EngineErrors.Refused(Info, Words(error));
    }

    public async Task<string?> FindAsync(Reference name, CancellationToken cancellationToken)
    {
        var (exit, output, error) = await _ctr.RunAsync(["images", "ls", $"name=={name}"], null, cancellationToken).ConfigureAwait(false);
        if (exit != 0) throw EngineErrors.Refused(Info, Words(error));
        return Sha256().Match(output) is { Success: true } found ? found.Value : null;
    }

    public string NameOf(Reference name) => name.ToString();

    public IReadOnlyList<string> RunWith(Reference name, Platform? platform) =>
        [.. _ctr.Words, "run", "--rm", .. platform is null ? (string[])[] : ["--platform", platform.ToString()], NameOf(name), name.Repository[(name.Repository.LastIndexOf('/') + 1)..]];

    public void Dispose()
    {
    }

    private static string Words(string error) => error.Trim() is { Length: > 0 } said ? said.StartsWith("ctr: ", StringComparison.Ordinal) ? said[5..] : said : "ctr said nothing";

    [GeneratedRegex(@"^\s*Version:\s*v?(\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256();
}
