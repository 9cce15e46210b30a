namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class UsageCases
{
    public static readonly Case[] All =
    [
        new("No verb", "docker manifest", "help"),
        new("An unknown verb", "docker manifest bogus"),
        new("An unknown verb with a name", "docker manifest bogus $T:1"),
        new("An unknown option before the verb", "docker manifest --bogus inspect $T:1"),
        new("Help of all", "docker manifest --help", "help"),
        new("Help of all by its letter", "docker manifest -h", "help"),
        new("create without names", "create"),
        new("create with one name", "create $T:1"),
        new("annotate without names", "annotate"),
        new("annotate with one name", "annotate $T:1"),
        new("annotate with three names", "annotate $T:1 a b"),
        new("inspect without names", "inspect"),
        new("inspect with three names", "inspect a b c"),
        new("push without names", "push"),
        new("push with two names", "push $T:1 $T:2"),
        new("rm without names", "rm"),
        new("create with an unknown option", "create --bogus $T:1 $R/amd64:1"),
        new("create with an unknown letter", "create -x $T:1 $R/amd64:1"),
        new("create with letters of which one is unknown", "create -ax $T:1 $R/amd64:1"),
        new("annotate with an unknown option", "annotate --bogus $T:1 $R/amd64:1"),
        new("inspect with an unknown option", "inspect --bogus $T:1"),
        new("push with an unknown option", "push --bogus $T:1"),
        new("rm takes no options", "rm --insecure $T:1"),
        new("A truth value that is none", "create --amend=maybe $T:1 $R/amd64:1"),
        new("A truth value that is none, by its letter", "push -p=maybe $T:1"),
        new("An option without its value", "annotate $T:1 $R/amd64:1 --os"),
        new("An option with an empty name", "push --= $T:1"),
        new("Help of create", "create --help", "help"),
        new("Help of annotate", "annotate --help", "help"),
        new("Help of inspect", "inspect --help", "help"),
        new("Help of push", "push --help", "help"),
        new("Help of rm", "rm --help", "help"),
        new("Help comes before what is wrong", "push --help a b c", "help"),
    ];
}
