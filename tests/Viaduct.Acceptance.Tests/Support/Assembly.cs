// One engine, one image store and two processors are shared by all: side by side the tests would only get in each other's way.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Viaduct.Acceptance.Tests.PushedSets))]
