using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

/// <summary>Tasks that are not quite as they should be, or not quite ordinary.</summary>
public static class Odd
{
    [IsDependentOn(typeof(CircleB))]
    public sealed class CircleA : FrostingTask;

    [IsDependentOn(typeof(CircleC))]
    public sealed class CircleB : FrostingTask;

    [IsDependentOn(typeof(CircleA))]
    public sealed class CircleC : FrostingTask;

    public sealed class OtherContext(ICakeContext context) : FrostingContext(context);

    public sealed class NeedsOtherContext : FrostingTask<OtherContext>;

    public sealed class NeedsServices(SampleContext shared, IFileSystem files) : FrostingTask<SampleContext>
    {
        public override void Run(SampleContext context) => context.Say($"{ReferenceEquals(shared, context)} {files is not null}");
    }

    public sealed class NeedsTheImpossible(Version version) : FrostingTask<SampleContext>
    {
        public override void Run(SampleContext context) => context.Say(version.ToString());
    }

    internal sealed class Internal : FrostingTask;
}
