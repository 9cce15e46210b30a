namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class RemoveCases
{
    private const string Begun = "create! $T:1 $R/amd64:1 ; create! $T:2 $R/arm:1 ; create! $T $R/amd64 ; ";

    public static readonly Case[] All =
    [
        new("A list is forgotten", Begun + "rm $T:1", Since: 20),
        new("Several lists are forgotten", Begun + "rm $T:1 $T:2 $T", Since: 20),
        new("A list that is not there, forgotten", "rm $T:1", Since: 20),
        new("Those that are there go, the others are named", Begun + "rm $T:1 $T:8 $T:2 $T:9", Since: 20),
        new("A bad name, forgotten", Begun + "rm $T:! $T:1", Since: 20),
        new("The same list twice", Begun + "rm $T:1 $T:1", Since: 20),
        new("After rm the list can be made again", Begun + "rm $T:1 ; create! $T:1 $R/arm64:1 ; inspect $T:1", Since: 20),
        new("The registry keeps its list", "create! $T:1 $R/amd64:1 ; push! $T:1 ; rm $T:1 ; inspect! $T:1", Since: 20),
    ];
}
