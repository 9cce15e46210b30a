namespace Viaduct.Build.Dockerfiles;

/// <summary>Quotes or a substitution that do not end; whoever knows the position turns it into a <see cref="Oci.ViaductException"/>.</summary>
internal sealed class ShellSyntaxException(string message) : Exception(message);
