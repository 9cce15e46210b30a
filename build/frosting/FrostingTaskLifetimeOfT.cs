using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before and, whether it failed or was skipped, after each task.</summary>
/// <remarks>Abstract, although some versions of the package have it virtual: what overrides both fits them all.</remarks>
public abstract class FrostingTaskLifetime<TContext> : IFrostingTaskLifetime
    where TContext : ICakeContext
{
    public abstract void Setup(TContext context, ITaskSetupContext info);
    public abstract void Teardown(TContext context, ITaskTeardownContext info);

    void IFrostingTaskLifetime.Setup(ICakeContext context, ITaskSetupContext info) => Setup((TContext)context, info);
    void IFrostingTaskLifetime.Teardown(ICakeContext context, ITaskTeardownContext info) => Teardown((TContext)context, info);
}
