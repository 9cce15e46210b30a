namespace Viaduct.Build;

/// <summary>Something that may lie in a build context and cannot be copied: a socket, a name that is not UTF-8.</summary>
internal sealed class Uncopyable(Oci.ViaductException refusal) : FileContent
{
    public Oci.ViaductException Refusal => refusal;

    /// <summary>A socket, a pipe or a device: what docker's clients leave out.</summary>
    public bool IsSpecial => refusal.Code == "VIA2125";

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => throw refusal;
}
