using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of a build's own context: Cake's, to which a build adds its state.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
