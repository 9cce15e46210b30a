using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>Reads the claims that a manifest carries, within bounds. Each blob is held to its size and digest.</summary>
internal sealed class ClaimReader(IContentSource source, SignatureKey? key, ClaimKind? keep)
{
    /// <summary>SBOMs of large images have tens of megabytes.</summary>
    private const int MaxBlob = 64 << 20;

    /// <summary>cosign 2 adds a layer to its manifest with each signature.</summary>
    private const int MostLayers = 256;

    /// <summary>A large one takes three times its size while it is read, and the images of a list are read at the same time.</summary>
    private readonly SemaphoreSlim _places = new(2);

    /// <param name="listed">The descriptor by which it was found.</param>
    /// <param name="find">The manifest; null when there is none.</param>
    /// <exception cref="ViaductException">The registry denies it or cannot be reached. All else is a finding.</exception>
    public async Task<IReadOnlyList<Claim>> ReadAsync(Digest subject, Descriptor listed, ClaimPlace place, Func<Task<RawManifest?>> find, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await find().ConfigureAwait(false) ?? throw new FormatException("the manifest is not there");
            if (manifest.IsIndex) return [new Claim(ClaimKind.Other, place, listed.Digest) { Form = listed.ArtifactType ?? manifest.MediaType }];
            return await ReadAsync(subject, listed, place, manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            return [new Claim(ClaimKind.Other, place, listed.Digest) { Form = listed.ArtifactType ?? listed.MediaType, Findings = [AttestationErrors.Unreadable(e.Message)] }];
        }
    }

    private async Task<IReadOnlyList<Claim>> ReadAsync(Digest subject, Descriptor listed, ClaimPlace place, RawManifest manifest, CancellationToken cancellationToken)
    {
        var image = manifest.AsImage();
        if (place == ClaimPlace.Referrer && image.Subject?.Digest != subject)
            return [Unread(image, listed, place) with { Findings = [AttestationErrors.OtherSubject("the manifest", image.Subject?.Digest.ToString() ?? "nothing", subject)] }];
        if (image.Layers.Count > MostLayers) throw new FormatException($"the manifest has more than {MostLayers} layers");
        var claims = new List<Claim>();
        foreach (var layer in image.Layers.Where(ClaimForms.IsRead))
            claims.Add(await ReadAsync(subject, image, layer, place, manifest.Digest, cancellationToken).ConfigureAwait(false));
        return claims.Count > 0 ? claims : [Unread(image, listed, place)];
    }

    private async Task<Claim> ReadAsync(Digest subject, ImageManifest manifest, Descriptor layer, ClaimPlace place, Digest digest, CancellationToken cancellationToken)
    {
        var draft = new ClaimDraft(subject, key, keep);
        string? Annotation(string name) => layer.Annotations.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
        var annotated = Annotation(ClaimForms.PredicateAnnotation) ?? Annotation(ClaimForms.CosignPredicateAnnotation)
            ?? (ClaimForms.IsBundle(layer.MediaType) ? manifest.Annotations.GetValueOrDefault(ClaimForms.BundlePredicateAnnotation) : null);
        draft.Expect(layer, annotated);
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var bytes = await source.ReadSmallBlobAsync(layer, MaxBlob, cancellationToken).ConfigureAwait(false);
            var certificate = Annotation(ClaimForms.CertificateAnnotation);
            if (layer.MediaType == ClaimForms.InToto) draft.ReadStatement(bytes, annotated);
            else if (layer.MediaType == ClaimForms.Dsse) draft.ReadEnvelope(bytes, annotated, certificate);
            else if (layer.MediaType == ClaimForms.SimpleSigning) draft.ReadSimpleSigning(bytes, Annotation(ClaimForms.SignatureAnnotation), certificate);
            else if (ClaimForms.IsBundle(layer.MediaType)) draft.ReadBundle(bytes, annotated);
            else draft.ReadSbom(bytes);
        }
        catch (NotSupportedException e)
        {
            draft.PassOver(e.Message);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            draft.Fail(e.Message);
        }
        finally
        {
            _places.Release();
        }
        return draft.Finish(place, digest, layer);
    }

    private static Claim Unread(ImageManifest image, Descriptor listed, ClaimPlace place)
    {
        var type = listed.ArtifactType is { Length: > 0 } artifact ? artifact : image.Config.MediaType;
        var isSignature = ClaimForms.IsNotation(type) || ClaimForms.IsNotation(image.Config.MediaType);
        return new Claim(isSignature ? ClaimKind.Signature : ClaimKind.Other, place, listed.Digest) { Form = type, Signature = isSignature ? SignatureState.NotChecked : SignatureState.Unsigned };
    }

    /// <summary>What the registry holds is wrong; not that it could not be asked.</summary>
    private static bool IsOfContent(Exception e) => e is FormatException
        or ViaductException { Kind: not (FailureKind.Denied or FailureKind.Throttled or FailureKind.Unreachable or FailureKind.Tls or FailureKind.Failed) };
}
