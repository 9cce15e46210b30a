using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

/// <summary>Fails in the way that its subclass says.</summary>
public abstract class ThrowTask(Func<Exception> exception) : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw exception();
}
