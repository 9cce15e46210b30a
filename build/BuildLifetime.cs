using Cake.Core;
using Cake.Frosting;
using Viaduct.Oci;

namespace Build;

/// <summary>Reads everything that comes from outside before the first task, and closes what the tasks opened after the last.</summary>
public sealed class BuildLifetime : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info)
    {
        try
        {
            context.Settings = new SettingsReader(context.Arguments.GetArguments(), context.Environment.GetEnvironmentVariable).Read();
        }
        catch (ViaductException e)
        {
            throw new CakeException((int)e.Exit, e.Render());
        }
    }

    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        context.CloseAsync().GetAwaiter().GetResult();

        // The verdict is the whole run's: the report was written first, whichever task was the last.
        if (info.Successful && context.Reports is { } reports && reports.Any(r => r.HasFailed))
            throw new CakeException((int)ExitCode.VerificationFailed, "VIA6003: a list is not what was pushed, or a node would get what it cannot run; the findings are above.");
    }
}
