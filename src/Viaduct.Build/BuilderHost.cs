using Viaduct.Registry;

namespace Viaduct.Build;

/// <summary>What builders need of the machine that they are called on.</summary>
/// <param name="Variable">The environment.</param>
/// <param name="Credentials">For bases that an engine pulls itself.</param>
/// <param name="Folder">For temporary files, beside the spool; made when it is needed.</param>
public sealed record BuilderHost(Func<string, string?> Variable, ICredentialSource Credentials, string Folder);
