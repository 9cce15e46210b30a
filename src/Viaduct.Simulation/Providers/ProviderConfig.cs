using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Reads CredentialProviderConfig as kubelet does (pkg/credentialprovider/plugin/config.go).</summary>
internal static class ProviderConfig
{
    private const int MaxBytes = 1 << 20;
    private const int MaxFiles = 100;

    /// <param name="path">A file; a folder of *.json, *.yaml and *.yml from 1.34 on.</param>
    /// <param name="shownAs">Its name in positions and remarks.</param>
    /// <param name="gates">Feature gates of the kubelet as written.</param>
    /// <returns>What kubelet would take; a file that it would refuse gives <see cref="ProviderSetup.Refusal"/>.</returns>
    /// <exception cref="ViaductException">VIA2001, VIA2003: a file cannot be read, or there is too much.</exception>
    public static ProviderSetup Read(string path, string shownAs, KubernetesVersion kubernetes, IReadOnlyDictionary<string, bool> gates)
    {
        if (!Directory.Exists(path)) return Of([(shownAs, Bytes(path, shownAs))], kubernetes, gates);
        if (kubernetes < ProviderGates.TokensBeta)
            return Refused($"unable to read external registry credential provider configuration from {GoText.Quote(shownAs)}: read {shownAs}: is a directory");
        var files = Files(path, shownAs);
        if (files.Count == 0) return Refused($"no configuration files found in directory {GoText.Quote(shownAs)}");
        return Of([.. files.Select(name => ($"{shownAs.TrimEnd('/')}/{name}", Bytes(Path.Combine(path, name), $"{shownAs}/{name}")))], kubernetes, gates);
    }

    /// <inheritdoc cref="Read"/>
    internal static ProviderSetup Of(IReadOnlyList<(string ShownAs, byte[] Bytes)> files, KubernetesVersion kubernetes, IReadOnlyDictionary<string, bool> gates)
    {
        var all = new List<ProviderDraft>();
        foreach (var (shownAs, bytes) in files)
        {
            var shown = kubernetes < ProviderGates.TokensBeta ? shownAs : GoText.Quote(shownAs);
            if (Decode(bytes, shownAs, kubernetes, all) is { } fault) return Refused($"error decoding config {shown}: {fault}");
        }
        if (kubernetes >= ProviderGates.TokensBeta && Twice(all) is { } name)
            return Refused($"duplicate provider name {GoText.Quote(YamlErrors.Shown(name))} found in configuration file(s)");
        return new ProviderConfigCheck(kubernetes, ProviderGates.Tokens(kubernetes, gates)).Fault(all) is { } wrong
            ? Refused($"failed to validate credential provider config: {wrong}")
            : new([.. all.Select(draft => draft.ToProvider())]);
    }

    private static string? Decode(byte[] bytes, string shownAs, KubernetesVersion kubernetes, List<ProviderDraft> all)
    {
        try
        {
            var isJson = Array.Find(bytes, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) == '{';
            // kubelet reads the first document and does not look whether there are more; a list of items is not split here but unknown to it.
            var root = DataReader.Read(new MemoryStream(bytes), shownAs, CancellationToken.None).FirstOrDefault(part => !part.IsItem).Node;
            return root is null ? "Object 'Kind' is missing in ''" : new ProviderConfigDecoder(shownAs, isJson, kubernetes).Decode(root, all);
        }
        catch (ViaductException e) when (e.Code == "VIA2002")
        {
            return $"couldn't get version/kind; json parse error: {e.Message}";
        }
    }

    private static string? Twice(IEnumerable<ProviderDraft> drafts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return drafts.FirstOrDefault(draft => !names.Add(draft.Name))?.Name;
    }

    private static List<string> Files(string folder, string shownAs)
    {
        try
        {
            var names = Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>()
                .Where(name => Path.GetExtension(name) is ".json" or ".yaml" or ".yml").Take(MaxFiles + 1).ToList();
            if (names.Count > MaxFiles) throw YamlErrors.TooMuch(shownAs, $"more than {MaxFiles} files");
            names.Sort(StringComparer.Ordinal);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw YamlErrors.Unreadable(shownAs, e);
        }
    }

    private static byte[] Bytes(string path, string shownAs)
    {
        try
        {
            // Pipes and devices have no length, and some have no end.
            var bytes = new byte[MaxBytes + 1];
            using var file = File.OpenRead(path);
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= MaxBytes ? bytes[..count] : throw YamlErrors.TooMuch(shownAs, $"more than {MaxBytes} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw YamlErrors.Unreadable(shownAs, e);
        }
    }

    private static ProviderSetup Refused(string why) => new([]) { Refusal = why };
}
