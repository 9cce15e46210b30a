using Cake.Core;

namespace Cake.Frosting;

/// <summary>A lifetime that needs no more than Cake's own context.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>;
