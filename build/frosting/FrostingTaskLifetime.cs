using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task lifetime that needs no more than Cake's own context.</summary>
public abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>;
