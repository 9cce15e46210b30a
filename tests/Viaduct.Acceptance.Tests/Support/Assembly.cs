// One engine, one image store and two processors are shared by most: side by side they would only get in each other's way.
// What has registries and folders of its own, and waits for processes most of the time, runs beside them.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]
[assembly: AssemblyFixture(typeof(Viaduct.Acceptance.Tests.PushedSets))]

namespace Viaduct.Acceptance.Tests;

internal static class Apart
{
    /// <summary>The collection of those that share nothing with the others.</summary>
    public const string FromTheEngines = "apart from the engines";
}
