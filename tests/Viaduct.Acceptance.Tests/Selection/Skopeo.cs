using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

internal sealed class Skopeo() : Client("skopeo")
{
    protected override Task<Outcome> RunAsync(string request, string name)
    {
        // It can be told the system, the architecture and the variant, and nothing else.
        var platform = Platform.Parse(request);
        string[] variant = platform.Variant is null ? [] : ["--override-variant", platform.Variant];
        return RealParts.SkopeoAsync(["--override-os", platform.Os, "--override-arch", platform.Architecture, .. variant,
            "inspect", "--tls-verify=false", "--config", "--raw", $"docker://{name}"]);
    }
}
