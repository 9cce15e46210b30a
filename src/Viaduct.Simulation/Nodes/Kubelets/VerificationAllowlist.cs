using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>The form of entries of preloadedImagesVerificationAllowlist (kubernetes/kubernetes pkg/kubelet/images/pullmanager/image_pull_policies.go).</summary>
internal static class VerificationAllowlist
{
    public static string Checked(string entry, string where)
    {
        var why = Fault(entry);
        return why is null ? entry : throw NodeErrors.WouldNotStart(where, $"'{YamlErrors.Shown(entry)}' is no entry of preloadedImagesVerificationAllowlist: {why}");
    }

    private static string? Fault(string entry)
    {
        if (entry != entry.Trim()) return "leading/trailing spaces are not allowed";
        var name = entry;
        if (entry.Contains('*', StringComparison.Ordinal))
        {
            if (!entry.EndsWith("/*", StringComparison.Ordinal) || entry.IndexOf('*', StringComparison.Ordinal) != entry.Length - 1)
                return "not a valid wildcard pattern, only patterns ending with '/*' are allowed";
            name = entry[..^2];
            if (name.Length == 0) return "at least registry hostname is required";
            // A registry alone is a pattern, too.
            if (!name.Contains('/', StringComparison.Ordinal)) return null;
        }
        if (!Reference.TryParse(name, out var parsed)) return "it names no image";
        return parsed.Tag is not null || parsed.Digest is not null ? "neither tag nor digest is accepted in an image reference" : null;
    }
}
