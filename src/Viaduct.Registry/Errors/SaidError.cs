namespace Viaduct.Registry;

/// <summary>One of the errors in a registry's answer (distribution-spec, "Error Codes").</summary>
/// <param name="Code"><c>MANIFEST_UNKNOWN</c>; null when there was none.</param>
/// <param name="Message">As it came, as docker shows it: whole, with what must not steer a terminal and with the queries of addresses.</param>
/// <param name="HasDetail">True when something stood under <c>detail</c>, which is not kept: docker's words depend on it.</param>
public sealed record SaidError(string? Code, string? Message, bool HasDetail);
