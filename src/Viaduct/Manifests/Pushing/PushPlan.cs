using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>What a push sends: the list's bytes, and the images in the order of the list.</summary>
internal sealed record PushPlan(RawManifest List, IReadOnlyList<PlannedImage> Images);
