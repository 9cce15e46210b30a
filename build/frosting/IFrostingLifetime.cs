using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before the first task and after the last one.</summary>
public interface IFrostingLifetime
{
    void Setup(ICakeContext context, ISetupContext info);
    void Teardown(ICakeContext context, ITeardownContext info);
}
