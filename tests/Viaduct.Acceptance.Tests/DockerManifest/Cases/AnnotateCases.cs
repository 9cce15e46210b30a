namespace Viaduct.Acceptance.Tests.DockerManifest.Cases;

internal static class AnnotateCases
{
    private const string Begun = "create! $T:1 $R/amd64:1 $R/arm64:1 ; annotate $T:1 $R/amd64:1";
    private const string Windows = "create! $T:1 $R/windows:plain ; annotate $T:1 $R/windows:plain";

    public static readonly Case[] All =
    [
        new("An architecture and a variant", Begun + " --arch arm --variant v6 ; inspect $T:1", Since: 20),
        new("An operating system", Begun + " --os freebsd", Since: 20),
        new("All at once, with an equals sign", Begun + " --os=linux --arch=arm64 --variant=v8 --os-version=1 --os-features=a,b ; inspect $T:1", Since: 20),
        new("Options between the names", "create! $T:1 $R/amd64:1 ; annotate --os linux $T:1 --arch s390x $R/amd64:1", Since: 20),
        new("Nothing to change", Begun, Since: 20),
        new("A Windows build", Windows + " --os-version 10.0.17763.1 ; inspect $T:1", Since: 20),
        new("A Windows build over another", "create! $T:1 $R/windows:ltsc2019 ; annotate $T:1 $R/windows:ltsc2019 --os-version 10.0.17763.1 ; inspect $T:1", Since: 20),
        new("Features add up", Windows + " --os-features a,b --os-features c ; annotate $T:1 $R/windows:plain --os-features c,d ; inspect $T:1", Since: 20),
        new("A feature with a comma", Windows + " --os-features '\"a,b\",c'", Since: 20),
        new("Features that are no list", Windows + " --os-features 'a\"b'"),
        new("A feature twice", Windows + " --os-features a,a", Since: 20),
        new("Features that are empty", Windows + " --os-features ''", Since: 20),
        new("Empty words change nothing", Begun + " --os '' --arch '' --variant ''", Since: 20),
        new("An image by digest, annotated", "create! $T:1 $R/amd64@$(amd64:1) ; annotate $T:1 $R/amd64@$(amd64:1) --arch arm64", Since: 20),
        new("An image without a tag", "create! $T $R/amd64 ; annotate $T $R/amd64:latest --arch arm64 ; annotate $T $R/amd64 --variant v9", Since: 20),
        new("An image that the list does not have", Begun.Replace("amd64:1 --", "") + " ; annotate $T:1 $R/arm:1 --arch arm", Since: 20),
        new("A list that is not there", "annotate $T:1 $R/amd64:1 --arch arm", Since: 20),
        new("A list's bad name", "annotate $T:! $R/amd64:1 --arch arm", Since: 20),
        new("An image's bad name", Begun + " ; annotate $T:1 $R/amd64:! --arch arm", Since: 20),
        new("A list's name in capitals", "annotate $R/UPPER:1 $R/amd64:1 --arch arm"),
        new("A processor that nobody knows", Begun + " --arch sparc", Since: 20),
        new("A system that nobody knows", Begun + " --os beos", Since: 20),
        new("A variant of a processor that nobody knows", "create! $T:1 $R/artifact:1 ; annotate $T:1 $R/artifact:1 --variant v1"),
        new("A thing becomes an image", "create! $T:1 $R/artifact:1 ; annotate $T:1 $R/artifact:1 --os linux --arch amd64 ; push! $T:1"),
        new("The pairs of docker", string.Join(" ; ", new[] { "riscv64", "ppc64le", "s390x", "mips64", "mips64le", "386", "arm" }.Select(a => $"annotate $T:1 $R/amd64:1 --arch {a}").Prepend("create! $T:1 $R/amd64:1")), Since: 20),
        new("Systems that are not Linux", string.Join(" ; ", new[] { "darwin arm64", "dragonfly amd64", "freebsd arm", "netbsd 386", "openbsd arm", "plan9 amd64", "solaris amd64", "windows 386" }
            .Select(p => $"annotate $T:1 $R/amd64:1 --os {p.Replace(" ", " --arch ")}").Prepend("create! $T:1 $R/amd64:1"))),
        new("Windows on ARM", Windows + " --arch arm64", "platforms"),
        new("LoongArch", Begun + " --arch loong64", "platforms"),
        new("A variant of MIPS", "create! $T:1 $R/mips:1 ; annotate $T:1 $R/mips:1 --variant softfloat", "platforms"),
        new("FreeBSD on ARM", Begun + " --os freebsd --arch arm64", "platforms"),
        new("An edit by hand stays", Windows + " ; sh sed -i -r 's/(\"os\":\"windows\")/\\0,\"os.version\":\"10.0.1\"/' $STORE/*/* ; annotate $T:1 $R/windows:plain --variant v1 ; inspect $T:1", Since: 20),
    ];
}
