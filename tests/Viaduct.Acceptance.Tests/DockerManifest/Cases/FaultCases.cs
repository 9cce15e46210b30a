namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class FaultCases
{
    public static readonly Case[] All =
    [
        new("A mount is answered with an upload", "create! $MOUNTS/$N:1 $MOUNTS/amd64:1 $MOUNTS/arm:1 ; push! $MOUNTS/$N:1", "mounts"),
        new("No mount is needed in its own repository", "create! $T:0 $R/amd64:1 ; push! -p $T:0 ; create! $MOUNTS/$N:1 $MOUNTS/$N@$(amd64:1) ; push! $MOUNTS/$N:1", Since: 20),
        new("Manifests are never taken", "create! $BROKEN/$N:1 $BROKEN/amd64:1 ; push! $BROKEN/$N:1", Since: 20),
        new("Purge keeps a list that was not taken", "create! $BROKEN/$N:1 $BROKEN/amd64:1 ; push! --purge $BROKEN/$N:1", Since: 20),
        new("A manifest is taken the second time", "create! $STUMBLES/$N:1 $STUMBLES/amd64:1 ; push! -p $STUMBLES/$N:1", "retries"),
        new("Nothing is said but to wait", "create! $BUSY/$N:1 $BUSY/amd64:1", Since: 20),
        new("Nothing is said but to wait, looked at", "inspect! $BUSY/amd64:1", Since: 20),
        new("One has to wait once", "create! $HURRIED/$N:1 $HURRIED/amd64:1", "retries"),
        new("One has to wait once, looked at", "inspect! $HURRIED/amd64:1", "retries"),
    ];
}
