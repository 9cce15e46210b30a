using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary><c>manifest annotate</c>: changes what a local list says of one of its images, or the annotations of the list.</summary>
public sealed class ListAnnotator(ManifestContext context)
{
    private const string OneAnnotation = "annotation:";
    private static readonly string[] OfImages = ["variant", "os-version", "os-features", "annotations", "annotation:KEY"];
    private static readonly string[] OfLists = ["annotations", "annotation:KEY"];

    public async Task AnnotateAsync(AnnotateRequest request, CancellationToken cancellationToken)
    {
        var name = DockerName.Parse(request.ListText, $"annotate: error parsing name for manifest list {request.ListText}: ");
        var image = request.ImageText is { } text ? EntryName.Parse(text, context.Folder, $"annotate: error parsing name for manifest {text}: ") : null;
        CheckClear(request);
        using (await context.Store.LockAsync(name, cancellationToken).ConfigureAwait(false))
        {
            // docker reads the file of the one image, and not those beside it.
            var list = await context.Store.FindReadableAsync(name, cancellationToken).ConfigureAwait(false);
            var changed = image is null ? OfList(list ?? throw ListErrors.NoList(name), request) : OfImage(list, image, request);
            await context.Store.SaveAsync(changed, list, cancellationToken).ConfigureAwait(false);
        }
        if (request.Annotations.Count > 0) context.Note("'viaduct manifest push' sends annotations; docker's push would leave them out");
    }

    private static StoredList OfList(StoredList list, AnnotateRequest request) =>
        list with { Companion = list.Companion with { Annotations = Annotated(list.Companion.Annotations, request) } };

    private static StoredList OfImage(StoredList? list, EntryName image, AnnotateRequest request)
    {
        if (list is null) throw ListErrors.NotInList(request.ImageText!, request.ListText, "there is no local list of this name", "'viaduct manifest ls' shows those that there are.");
        if (image.FindIn(list) is not { } entry) throw NotIn(list, image.Name, request);
        var platform = Changed(entry.Image.Descriptor.Platform ?? new Platform("", ""), request);
        if (!KnownPairs.Contains(platform)) throw ListErrors.BadPlatform(request.Os, request.Architecture, KnownPairs.Nearest(platform));
        return list.With(entry.Image with { Descriptor = entry.Image.Descriptor with { Platform = platform, Annotations = Annotated(entry.Image.Descriptor.Annotations, request) } });
    }

    private static Platform Changed(Platform platform, AnnotateRequest request)
    {
        bool Clears(string what) => request.Clear.Contains(what);
        var variant = request.Variant is { Length: > 0 } typed ? typed : Clears("variant") ? null : platform.Variant;
        var features = Clears("os-features") ? [] : platform.OsFeatures;
        return new Platform(request.Os is { Length: > 0 } os ? os : platform.Os, request.Architecture is { Length: > 0 } architecture ? architecture : platform.Architecture, variant)
        {
            OsVersion = request.OsVersion is { Length: > 0 } version ? version : Clears("os-version") ? null : platform.OsVersion,
            // docker adds to what is there, and each once: what was there twice stays so.
            OsFeatures = [.. features, .. request.OsFeatures.Distinct().Except(features)],
        };
    }

    private static Dictionary<string, string> Annotated(IReadOnlyDictionary<string, string> annotations, AnnotateRequest request)
    {
        var changed = request.Clear.Contains("annotations") ? [] : new Dictionary<string, string>(annotations);
        foreach (var word in request.Clear.Where(IsOneAnnotation)) changed.Remove(word[OneAnnotation.Length..]);
        foreach (var (key, value) in request.Annotations) changed[key] = value;
        return changed;
    }

    private static ManifestException NotIn(StoredList list, Reference? image, AnnotateRequest request)
    {
        // The images of a list that was flattened: each is annotated by its digest.
        var parts = list.Entries.Where(e => image is not null && e.Image.Ref.Name == image.Name && e.Image.Ref.Tag == image.Tag).Select(e => e.Image.Ref.ToString()).ToList();
        if (parts.Count > 0) return ListErrors.NotInList(request.ImageText!, request.ListText, $"it is a list of several images: {string.Join(", ", parts)}", "Name one of them.");
        var names = list.Entries.Select(e => e.Image.Ref.ToString()).ToList();
        var near = image is null ? null : Nearest.To(image.ToString(), names);
        return ListErrors.NotInList(request.ImageText!, request.ListText,
            names.Count == 0 ? "the list is empty" : $"its images are {string.Join(", ", names.Take(10))}{(names.Count > 10 ? ", …" : "")}", near is null ? null : $"Did you mean {near}?");
    }

    private static void CheckClear(AnnotateRequest request)
    {
        var known = request.ImageText is null ? OfLists : OfImages;
        foreach (var word in request.Clear)
            if (!IsOneAnnotation(word) && !known.SkipLast(1).Contains(word)) throw ListErrors.BadClear(word, known);
    }

    private static bool IsOneAnnotation(string word) => word.Length > OneAnnotation.Length && word.StartsWith(OneAnnotation, StringComparison.Ordinal);
}
