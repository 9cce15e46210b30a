namespace Viaduct.Simulation;

/// <summary>The image is there, and its program does not start.</summary>
internal static class StartSymptoms
{
    private const string Runc = "runc, libcontainer/init_linux.go and the kernel's words";

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("exec-format", "The kernel cannot execute the program: it is for another processor, or a script without an interpreter.", Runc, ["exec format error", "exec user process caused*format error"],
            [PlatformCauses.SingleArchitecture, PlatformCauses.WrongBinary, PlatformCauses.NoShebang, PlatformCauses.WrongNode]),
        new("program-not-found", "The program that the container starts is not in the image.", Runc,
            ["executable file not found in $PATH", "unable to start container process*no such file or directory", "exec user process caused*no such file or directory", "StartError*no such file or directory"],
            [PlatformCauses.NotThere, PlatformCauses.NoShebang, PlatformCauses.WrongBinary]),
        new("program-not-executable", "The program may not be executed.", Runc, ["unable to start container process*permission denied", "exec user process caused*permission denied"],
            [PlatformCauses.NotExecutable, PlatformCauses.NoShebang]),
    ];
}
