using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

[TaskName("Default")]
[IsDependentOn(typeof(CompileTask))]
public sealed class DefaultTask : FrostingTask;
