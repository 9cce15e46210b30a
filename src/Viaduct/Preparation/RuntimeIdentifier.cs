using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>.NET's words for platforms (dotnet/runtime, PortableRuntimeIdentifierGraph.json).</summary>
internal static class RuntimeIdentifier
{
    /// <summary>Null where .NET has none. What a variant adds to an architecture is not in it; of musl a platform says nothing.</summary>
    public static string? Of(Platform platform)
    {
        var normal = platform.Normalized();
        var system = normal.Os switch { "linux" => "linux", "windows" => "win", "darwin" => "osx", "freebsd" => "freebsd", _ => null };
        var architecture = (normal.Architecture, normal.Variant) switch
        {
            ("amd64", _) => "x64",
            ("386", _) => "x86",
            ("arm64", _) => "arm64",
            ("arm", "v7" or "v8") => "arm",
            ("arm", "v6") => "armv6",
            ("ppc64le" or "s390x" or "riscv64", _) => normal.Architecture,
            ("loong64", _) => "loongarch64",
            _ => null,
        };
        var exists = system switch
        {
            "linux" => architecture is not null,
            "win" => architecture is "x64" or "x86" or "arm64",
            "osx" or "freebsd" => architecture is "x64" or "arm64",
            _ => false,
        };
        return exists ? $"{system}-{architecture}" : null;
    }
}
