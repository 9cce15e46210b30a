using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What FROM or <c>--from</c> names: a stage, an image, or nothing at all (<c>scratch</c>).</summary>
internal sealed record StageSource(Word Word, Stage? Stage, string? Image, Platform Platform);
