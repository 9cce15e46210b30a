using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

internal static partial class BuildErrors
{
    public static ViaductException BadArchive(Word word, string path, string why) =>
        new("VIA2150", $"'{Short(path)}' cannot be unpacked: {why}", word.Position.ToString(),
            "Pack it anew as tar, plain or with gzip, bzip2, xz or zstd; or copy the file as it is, with COPY or ADD --unpack=false.");
}
