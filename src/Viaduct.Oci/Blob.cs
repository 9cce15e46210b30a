namespace Viaduct.Oci;

/// <summary>Content that can be opened as often as an upload has to be tried again.</summary>
/// <param name="OpenAsync">Opens the bytes from their start; whoever opens disposes.</param>
public sealed record Blob(Descriptor Descriptor, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>A repository of the target's registry that is known to hold this blob: it is mounted from there instead of being sent.</summary>
    public Reference? MountFrom { get; init; }

    /// <summary>What is opened fails by itself where its bytes are not the descriptor's, so that nobody need hash them a second time.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Reads all of it, for a source that is suspected to give other bytes than it should.</summary>
    /// <exception cref="ViaductException">VIA1012 when it does.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var content = new VerifyingStream(await OpenAsync(cancellationToken).ConfigureAwait(false), Descriptor);
        await using (content.ConfigureAwait(false)) await content.CopyToAsync(Stream.Null, 1 << 17, cancellationToken).ConfigureAwait(false);
    }

    public static Blob FromBytes(string mediaType, ReadOnlyMemory<byte> bytes) =>
        new(new Descriptor(mediaType, Digest.Sha256(bytes.Span), bytes.Length),
            _ => ValueTask.FromResult<Stream>(MemoryBytes.AsStream(bytes)));
}
