namespace Viaduct.Simulation;

/// <summary>One of the errors in the body of a registry's answer (distribution-spec, "Error Codes").</summary>
/// <param name="Code">As it is sent: <c>MANIFEST_UNKNOWN</c>.</param>
/// <param name="Detail">The JSON of the detail; null where there is none. dockerd says more where there is one.</param>
public sealed record RegistryError(string Code, string Message = "", string? Detail = null);
