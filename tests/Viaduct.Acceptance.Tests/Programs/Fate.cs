namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>What becomes of a container on this machine, whose kernel runs amd64 and 386 itself and qemu the rest.</summary>
internal enum Fate
{
    Prints,

    /// <summary>It runs, but gets numbers wrong.</summary>
    PrintsOtherNumbers,

    /// <summary>It does not start, or is killed before it says anything.</summary>
    Fails,

    /// <summary>This machine is not like the node in what matters.</summary>
    NotTold,
}
