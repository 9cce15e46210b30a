using Tomlyn;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// containerd's <c>hosts.toml</c> (containerd docs/hosts.md; core/remotes/docker/config/hosts.go): for each registry a folder with the hosts that are
/// asked before it, in the order in which they stand there.
/// </summary>
internal sealed class HostsFile(string file, bool insecure)
{
    private const int MaxSize = 1 << 20;
    private const int MaxMirrors = 64;

    private readonly string _folder = Path.GetDirectoryName(file)!;

    /// <summary>What the folder says of a registry: <c>host_port_</c>, then <c>host:port</c>, then <c>_default</c>; the first folder that is there counts.</summary>
    /// <exception cref="ViaductException">VIA3064 and VIA3065.</exception>
    public static IReadOnlyList<RegistryMirror> Find(string folder, string registry, bool insecure)
    {
        if (!Directory.Exists(folder)) throw MirrorErrors.File(folder, "there is no such folder");
        var colon = registry.LastIndexOf(':');
        string[] names = colon > 0 && !OperatingSystem.IsWindows() ? [$"{registry[..colon]}_{registry[(colon + 1)..]}_", registry, "_default"]
            : colon > 0 ? [$"{registry[..colon]}_{registry[(colon + 1)..]}_", registry.Replace(":", "", StringComparison.Ordinal), "_default"]
            : [registry, "_default"];
        var place = names.Select(n => Path.Combine(folder, n)).FirstOrDefault(Directory.Exists);
        // A folder that holds certificates alone names no mirrors.
        return place is null || !File.Exists(Path.Combine(place, "hosts.toml")) ? [] : new HostsFile(Path.Combine(place, "hosts.toml"), insecure).Read();
    }

    public IReadOnlyList<RegistryMirror> Read()
    {
        var root = Parse();
        var mirrors = new List<RegistryMirror>();
        if (root.GetValueOrDefault("host") is OrderedDictionary<string, object?> hosts)
            foreach (var (address, settings) in hosts)
                if (MirrorOf(address, settings as OrderedDictionary<string, object?> ?? throw Error($"host.\"{MirrorWords.Shown(address)}\" is no table")) is { } mirror) mirrors.Add(mirror);
        if (root.GetValueOrDefault("server") is string { Length: > 0 } server && MirrorOf(server, root) is { } last) mirrors.Add(last);
        return mirrors.Count <= MaxMirrors ? mirrors : throw Error($"there are more than {MaxMirrors} hosts");
    }

    private OrderedDictionary<string, object?> Parse()
    {
        try
        {
            return new FileInfo(file).Length <= MaxSize ? TomlTree.Read(File.ReadAllText(file)) : throw Error($"it has more than {MaxSize} bytes");
        }
        catch (TomlException e)
        {
            throw Error(e.Message.Split('\n')[0].Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Error(e.Message);
        }
    }

    /// <returns>Null for a host that is not for reading.</returns>
    private RegistryMirror? MirrorOf(string address, OrderedDictionary<string, object?> settings)
    {
        var can = settings.TryGetValue("capabilities", out var named) ? Texts("capabilities", named) : ["pull", "resolve"];
        if (can.FirstOrDefault(c => c.ToLowerInvariant() is not ("pull" or "resolve" or "push" or "referrers")) is { } unknown) throw Error($"'{unknown}' is no capability");
        if (Flag("skip_verify", settings) && !insecure)
            throw MirrorErrors.File(file, $"{MirrorWords.Shown(address)} has skip_verify", "Name the mirror's authority with ca; --insecure takes any certificate, of every registry.");
        if (settings.ContainsKey("header")) throw MirrorErrors.File(file, $"{MirrorWords.Shown(address)} has a header, and none is sent", "Credentials are found as those of any registry are.");
        if (!can.Contains("pull", StringComparer.OrdinalIgnoreCase)) return null;
        return new RegistryMirror(RegistryMirror.ReadAddress(address.StartsWith("http", StringComparison.Ordinal) ? address : "https://" + address, $"{file}: {MirrorWords.Shown(address)}"),
            can.Contains("resolve", StringComparer.OrdinalIgnoreCase), Flag("override_path", settings))
        {
            Authorities = settings.TryGetValue("ca", out var ca) ? [.. (ca is string one ? [one] : Texts("ca", ca)).Select(PathOf)] : [],
            Own = settings.TryGetValue("client", out var client) ? [.. Pairs(client)] : [],
        };
    }

    private IEnumerable<(string, string)> Pairs(object? client)
    {
        foreach (var pair in client as List<object?> ?? [client])
            yield return pair switch
            {
                string both => (PathOf(both), PathOf(both)),
                List<object?> and [string certificate] => (PathOf(certificate), PathOf(certificate)),
                List<object?> and [string certificate, string key] => (PathOf(certificate), PathOf(key)),
                _ => throw Error("client is neither a file nor pairs of files"),
            };
    }

    private IReadOnlyList<string> Texts(string name, object? value) =>
        value is List<object?> items && items.TrueForAll(i => i is string) ? [.. items.Cast<string>()] : throw Error($"{name} is no list of texts");

    private bool Flag(string name, OrderedDictionary<string, object?> settings) =>
        settings.TryGetValue(name, out var value) && (value as bool? ?? throw Error($"{name} is neither true nor false"));

    private string PathOf(string text) => Path.GetFullPath(text, _folder);

    private ViaductException Error(string why) => MirrorErrors.File(file, why);
}
