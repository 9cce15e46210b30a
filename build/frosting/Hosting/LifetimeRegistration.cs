using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Hangs lifetimes into the engine.</summary>
/// <remarks>
/// Statement lambdas throughout: an expression lambda may bind to Cake's overloads that take a result.
/// When something has failed already, a failing teardown is only told of, by its message (the engine would print its stack).
/// </remarks>
internal sealed class LifetimeRegistration(Composition cake, IFrostingContext context)
{
    public void Register(IFrostingLifetime lifetime)
    {
        cake.Engine.RegisterSetupAction(info => { lifetime.Setup(context, info); });
        cake.Engine.RegisterTeardownAction(info => { Teardown(info.ThrownException, () => lifetime.Teardown(context, info)); });
    }

    public void Register(IFrostingTaskLifetime lifetime)
    {
        cake.Engine.RegisterTaskSetupAction(info => { lifetime.Setup(context, info); });
        cake.Engine.RegisterTaskTeardownAction(info => { Teardown(info.ThrownException, () => lifetime.Teardown(context, info)); });
    }

    private void Teardown(Exception? earlier, Action teardown)
    {
        try
        {
            teardown();
        }
        catch (Exception exception) when (earlier is not null)
        {
            cake.Log.Error("Teardown failed as well: {0}", exception.Message);
        }
    }
}
