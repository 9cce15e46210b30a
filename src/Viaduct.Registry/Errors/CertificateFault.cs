namespace Viaduct.Registry;

/// <summary>Why the certificate that a registry shows does not count; of several reasons the first of these, as Go looks for them (crypto/x509 verify.go).</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="From">When it begins to count.</param>
/// <param name="Until">When it ends to.</param>
/// <param name="Names">The names and addresses that it is for.</param>
public sealed record CertificateFault(CertificateFaultKind Kind, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<string> Names);
