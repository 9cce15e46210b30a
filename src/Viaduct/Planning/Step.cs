using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>One thing to do, and the reason why it is in the plan.</summary>
public abstract record Step(string Image, string Reason)
{
    /// <summary>Build the image of a platform and push it by digest to the repositories of its names.</summary>
    public sealed record Build(string Image, Platform Platform, Digest Key, IReadOnlyList<Reference> Names, string Reason) : Step(Image, Reason)
    {
        /// <summary>The base that moved; null where something else is the reason.</summary>
        public MovedBase? MovedBase { get; init; }

        public BuilderName Builder { get; init; } = BuilderName.Embedded;

        public ChildId Child => new(Image, Platform);
    }

    /// <summary>Bring a child that is already built into a repository where one of its names is missing.</summary>
    public sealed record Copy(string Image, Platform Platform, Descriptor Child, Reference From, Reference To, string Reason) : Step(Image, Reason)
    {
        public IReadOnlyList<Descriptor> Attestations { get; init; } = [];
    }

    /// <summary>Bring all children into the list's repository and push the list by digest.</summary>
    public sealed record List(string Image, IReadOnlyList<Reference> Names, string Reason) : Step(Image, Reason);

    /// <summary>Point a tag at a child (or, without platform, at the list).</summary>
    /// <param name="Present">What it points at now; null when it is new.</param>
    /// <param name="Moves">Whether it points at something else afterwards, as far as is known before the build.</param>
    public sealed record Tag(string Image, Platform? Platform, Reference Name, Descriptor? Present, bool Moves, string Reason) : Step(Image, Reason);
}
