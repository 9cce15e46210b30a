namespace Viaduct.Oci;

/// <summary>Content that can be opened as often as an upload has to be tried again.</summary>
/// <param name="OpenAsync">Opens the bytes from their start; whoever opens disposes.</param>
public sealed record Blob(Descriptor Descriptor, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>A repository of the target's registry that is known to hold this blob: it is mounted from there instead of being sent.</summary>
    public Reference? MountFrom { get; init; }

    public static Blob FromBytes(string mediaType, ReadOnlyMemory<byte> bytes) =>
        new(new Descriptor(mediaType, Digest.Sha256(bytes.Span), bytes.Length),
            _ => ValueTask.FromResult<Stream>(MemoryBytes.AsStream(bytes)));
}
