namespace Viaduct.Simulation.Tests;

/// <summary>Tests that count what the whole process allocates.</summary>
[CollectionDefinition(nameof(ImageAlone), DisableParallelization = true)]
public sealed class ImageAlone;
