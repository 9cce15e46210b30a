using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Tells of an image what its children's checks depend on.</summary>
public delegate Task<CheckedBase> CheckedBases(string image, Platform platform, CancellationToken cancellationToken);
