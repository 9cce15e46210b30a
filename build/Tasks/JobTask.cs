using Cake.Core;
using Cake.Frosting;
using Viaduct;

namespace Build.Tasks;

/// <summary>A task that is one step of the job. Errors become Cake's, with the exit code that they carry.</summary>
public abstract class JobTask : AsyncFrostingTask<BuildContext>
{
    public sealed override async Task RunAsync(BuildContext context)
    {
        try
        {
            await RunAsync(context, await context.Session.JobAsync(), context.Cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = SystemErrors.Of(e);
            throw new CakeException((int)failure.Exit, failure.Render());
        }
    }

    protected abstract Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken);
}
