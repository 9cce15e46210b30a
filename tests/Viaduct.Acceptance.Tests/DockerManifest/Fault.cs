namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>What a registry does wrong.</summary>
internal enum Fault
{
    /// <summary>Answers 202 to mounts: the blob has to be sent (registries may: distribution-spec, "Mounting a blob").</summary>
    NoMounts,

    /// <summary>503 to every manifest that is put.</summary>
    BrokenPuts,

    /// <summary>503 to the first manifest that is put.</summary>
    OneBrokenPut,

    /// <summary>429 to every manifest that is asked for.</summary>
    BusyReads,

    /// <summary>429 to the first manifest that is asked for.</summary>
    OneBusyRead,
}
