namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class PushCases
{
    private const string Begun = "create! $T:1 $R/amd64:1 $R/arm:1 ; ";

    public static readonly Case[] All =
    [
        new("Images of other repositories", Begun + "push! $T:1", Since: 20),
        new("Images of OCI's kind from other repositories", "create! $T:1 $R/oci-amd64:1 $R/oci-arm64:1 $R/annotated:1 ; push! $T:1"),
        new("Images of both kinds, pushed", "create! $T:1 $R/amd64:1 $R/oci-arm64:1 ; push! $T:1"),
        new("Bytes of all forms, pushed", "create! $T:1 $R/compact:1 $R/two-spaces:1 $R/indented:1 ; push! $T:1"),
        new("Images of its own repository", Begun + "push! -p $T:1 ; create! $T:2 $T@$(amd64:1) $T@$(arm:1) ; push! $T:2", Since: 20),
        new("Images of its own repository and others", Begun + "push! -p $T:1 ; create! $T:2 $T@$(amd64:1) $R/s390x:1 ; push! $T:2", Since: 20),
        new("Windows and Linux", "create! $T:1 $R/amd64:1 $R/windows:ltsc2019 $R/windows:ltsc2022 ; push! $T:1", Since: 20),
        new("A list without a tag", "create! $T $R/amd64 ; push! $T", Since: 20),
        new("A list that is named by a digest, pushed", "create! $T@$(amd64:1) $R/amd64:1 ; push! $T@$(amd64:1)", Since: 20),
        new("Purge forgets the list", Begun + "push! --purge $T:1 ; push! $T:1", Since: 20),
        new("Purge by its letter, at the end", Begun + "push! $T:1 -p", Since: 20),
        new("Purge that is not meant", Begun + "push! -p=false $T:1", Since: 20),
        new("A second push says the same", Begun + "push! $T:1 ; push! $T:1", Since: 20),
        new("A tag that has another list moves", Begun + "push! -p $T:1 ; create! $T:1 $R/s390x:1 ; push! $T:1", Since: 20),
        new("A list that is not there, pushed", "push! $T:1", Since: 20),
        new("A list that is empty, pushed", "sh mkdir -p $STORE/127.0.0.1-${R#*:}_$N-1 ; push! $T:1", Since: 20),
        new("A list's bad name, pushed", "push! $T:!", Since: 20),
        new("A thing without a platform, pushed", "create! $T:1 $R/amd64:1 $R/artifact:1 ; push! $T:1"),
        new("What annotate said is pushed", Begun + "annotate $T:1 $R/amd64:1 --arch arm64 --variant v8 ; push! $T:1 ; inspect! $T:1", Since: 20),
        new("What sed wrote is pushed", "create! $T:1 $R/amd64:1 $R/windows:plain ; sh sed -i -r 's/(\"os\":\"windows\")/\\0,\"os.version\":\"10.0.17763.1\"/' $STORE/*/*windows* ; push! -p $T:1 ; inspect! $T:1", Since: 20),
        new("sed over a build that is there", "create! $T:1 $R/windows:ltsc2019 ; sh sed -i -r 's/(\"os\":\"windows\")/\\0,\"os.version\":\"10.0.17763.1\"/' $STORE/*/* ; push! $T:1 ; inspect! $T:1", Since: 20),
        new("sed of an architecture", Begun + "sh sed -i 's/\"architecture\":\"arm\"/\"architecture\":\"arm64\"/' $STORE/*/*arm* ; inspect $T:1 ; push! $T:1", Since: 20),
        new("A file taken away by hand", Begun + "sh rm $STORE/*/*_arm-1 ; push! $T:1", Since: 20),
        new("A file laid beside by hand", Begun + "create! $T:2 $R/s390x:1 ; sh cp $STORE/*-2/* $STORE/*-1/ ; push! $T:1", Since: 20),
        new("A copy that an editor left", Begun + "sh cp $STORE/*/*_arm-1 $STORE/127.0.0.1-${R#*:}_$N-1/arm~ ; push! $T:1", "copies"),
        new("Keys in capitals", Begun + "sh sed -i 's/\"Ref\"/\"REF\"/' $STORE/*/* ; inspect $T:1 ; push! $T:1", Since: 20),
        new("A file that is no JSON, pushed", Begun + "sh echo 'just text' > $STORE/127.0.0.1-${R#*:}_$N-1/README ; push! $T:1", Since: 20),
        new("An image of another registry, pushed", "create! $T:1 $R/amd64:1 $S/arm64:1 ; push! $T:1", "registries"),
        new("The same image by two names, pushed", "create! $T:1 $R/amd64:1 $R/amd64@$(amd64:1) ; push! $T:1", "duplicates"),
        new("Two images for one platform", "create! $T:1 $R/amd64:1 $R/amd64:2 ; push! $T:1", Since: 20),
        new("Plain HTTP on loopback, pushed", Begun + "push $T:1", "loopback"),
        new("A password that is known, pushed", "login right ; create! $P/$N:1 $P/amd64:1 $P/arm:1 ; push! $P/$N:1", Since: 20),
        new("A password that is wrong, pushed", "login right ; create! $P/$N:1 $P/amd64:1 ; login wrong ; push! $P/$N:1", Since: 20),
        new("A password that nobody has said, pushed", "login right ; create! $P/$N:1 $P/amd64:1 ; sh rm $HOME/.docker/config.json ; push! $P/$N:1", Since: 20),
    ];
}
