namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class InspectCases
{
    private const string Begun = "create! $T:1 $R/amd64:1 $R/arm:1 ; ";

    public static readonly Case[] All =
    [
        new("A local list", Begun + "inspect $T:1", Since: 20),
        new("A local list in words", Begun + "inspect -v $T:1"),
        new("A local list of OCI's kind in words", "create! $T:1 $R/oci-amd64:1 $R/annotated:1 ; inspect --verbose $T:1"),
        new("A local list of both kinds", "create! $T:1 $R/oci-amd64:1 $R/amd64:1 ; inspect $T:1"),
        new("The first file says the kind", "create! $T:1 $R/two-spaces:1 $R/annotated:1 ; inspect $T:1 ; create! $T:2 $R/amd64:1 $R/oci-arm64:1 ; inspect $T:2"),
        new("An image of a local list", Begun + "inspect $T:1 $R/arm:1", Since: 20),
        new("An image of a local list in words", Begun + "inspect -v $T:1 $R/arm:1"),
        new("An image that the local list does not have", Begun + "inspect! $T:1 $R/arm64:1", Since: 20),
        new("An image of a list that is not there", "inspect! $T:1 $R/arm64:1", Since: 20),
        new("A list that is empty", "sh mkdir -p $STORE/127.0.0.1-${R#*:}_$N-1 ; inspect $T:1 ; inspect -v $T:1", Since: 20),
        new("An image of docker's kind in the registry", "inspect! $R/amd64:1", Since: 20),
        new("An image of docker's kind in words", "inspect! -v $R/amd64:1"),
        new("An image of OCI's kind in the registry", "inspect! $R/oci-amd64:1"),
        new("An image of OCI's kind in words", "inspect! -v $R/oci-amd64:1"),
        new("An image with characters that Go escapes", "inspect! $R/annotated:1 ; inspect! -v $R/annotated:1"),
        new("An image of Windows in words", "inspect! -v $R/windows:ltsc2022"),
        new("A thing that is no image", "inspect! $R/artifact:1 ; inspect! -v $R/artifact:1"),
        new("By digest", "inspect! $R/amd64@$(amd64:1) ; inspect! -v $R/amd64@$(amd64:1)"),
        new("By tag and digest", "inspect! -v $R/amd64:1@$(amd64:1)"),
        new("Without a tag", "inspect! $R/amd64", Since: 20),
        new("A list of docker's kind in the registry", "inspect! $R/dockerlist:1", Since: 20),
        new("A list of docker's kind in words", "inspect! -v $R/dockerlist:1"),
        new("An index in the registry", "inspect! $R/index:1"),
        new("An index in words", "inspect! -v $R/index:1"),
        new("An index with an attestation, looked at", "inspect! $R/attested:1"),
        new("An index whose entry has no platform", "inspect! $R/single:1 ; inspect! -v $R/single:1"),
        new("An index in an index, looked at", "inspect! $R/nested:1", "nested"),
        new("What was pushed", Begun + "push! -p $T:1 ; inspect! $T:1", Since: 20),
        new("A tag that is missing, looked at", "inspect! $R/amd64:9", Since: 20),
        new("A repository that is missing, looked at", "inspect! $R/nothing:1", Since: 20),
        new("A bad name, looked at", "inspect! $R/amd64:!", Since: 20),
        new("Two bad names, looked at", "inspect! $R/amd64:! $R/b:!", Since: 20),
        new("Nobody listens, and one looks", "inspect! $NOBODY/amd64:1", Since: 20),
        new("Plain HTTP on loopback, looked at", "inspect $R/amd64:1", "loopback"),
        new("A password that is known, looked at", "login right ; inspect! $P/amd64:1", Since: 20),
        new("A password that is wrong, looked at", "login wrong ; inspect! $P/amd64:1", Since: 20),
        new("A list with an image of another registry, looked at", "create! $T:1 $R/amd64:1 $S/arm64:1 ; inspect $T:1", "registries"),
    ];
}
