namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class AmendCases
{
    private const string Begun = "create! $T:1 $R/amd64:1 ; ";

    public static readonly Case[] All =
    [
        new("A second create is refused", Begun + "create! $T:1 $R/arm64:1", Since: 20),
        new("A second create is refused though nothing is in the list", "sh mkdir -p $STORE/127.0.0.1-${R#*:}_$N-1 ; create! $T:1 $R/arm64:1", Since: 20),
        new("Amend adds an image", Begun + "create! --amend $T:1 $R/arm64:1", Since: 20),
        new("Amend by its letter", Begun + "create! -a $T:1 $R/arm64:1", Since: 20),
        new("Amend before each image", "create! $T:1 --amend $R/amd64:1 --amend $R/arm64:1", Since: 20),
        new("Amend at the end", Begun + "create! $T:1 $R/arm64:1 --amend", Since: 20),
        new("Amend with its value", Begun + "create! --amend=true $T:1 $R/arm64:1", Since: 20),
        new("Amend that is not meant", Begun + "create! --amend=false $T:1 $R/arm64:1", Since: 20),
        new("Amend by its letter that is not meant", Begun + "create! -a=false $T:1 $R/arm64:1", Since: 20),
        new("The last of two wins", Begun + "create! --amend --amend=false $T:1 $R/arm64:1", Since: 20),
        new("Numbers and letters are truth values", Begun + "create! --amend=T --insecure=1 $T:1 $R/arm64:1", Since: 20),
        new("Amend of a list that is not there", "create! --amend $T:1 $R/arm64:1", Since: 20),
        new("Amend with what is in the list", Begun + "create! --amend $T:1 $R/amd64:1", Since: 20),
        new("After two hyphens there are names only", "create! -- $T:1 $R/amd64:1", Since: 20),
        new("A tag that has moved keeps its image", "point amd64:moving 1 ; create! $T:1 $R/amd64:moving ; point amd64:moving 2 ; create! --amend $T:1 $R/amd64:moving ; push! $T:1", Since: 20),
        new("After rm a tag that has moved is read again", "point amd64:moving 1 ; create! $T:1 $R/amd64:moving ; point amd64:moving 2 ; rm $T:1 ; create! $T:1 $R/amd64:moving ; push! $T:1", Since: 20),
        new("Amend keeps what was annotated", Begun + "annotate $T:1 $R/amd64:1 --os-version 7 ; create! --amend $T:1 $R/amd64:1 $R/arm64:1 ; inspect $T:1", Since: 20),
        new("Amend of a missing image changes nothing", Begun + "create! --amend $T:1 $R/nothing:1 ; inspect $T:1", Since: 20),
        new("Two lists live side by side", Begun + "create! $T:2 $R/arm64:1", Since: 20),
        new("Entries stand in the order of file names", "create! $T:1 $R/s390x:1 $R/arm64:1 $R/amd64:1 $R/ppc64le:1 ; inspect $T:1", Since: 20),
        new("The config folder can be named", "DOCKER_CONFIG=$HOME/other create! $T:1 $R/amd64:1 ; inspect $T:1 ; DOCKER_CONFIG=$HOME/other inspect $T:1 ; sh cat $HOME/other/manifests/*/*"),
        new("The config folder by an option", "docker --config $HOME/other manifest create --insecure $T:1 $R/amd64:1 ; docker --config=$HOME/other manifest inspect $T:1 ; sh cat $HOME/other/manifests/*/*"),
    ];
}
