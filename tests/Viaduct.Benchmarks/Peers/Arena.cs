using Viaduct.Benchmarks.Measuring;

namespace Viaduct.Benchmarks.Peers;

/// <summary>Two registries: one that logs, to count in, and one that does not, to time in.</summary>
internal sealed class Arena(IRegistry counting, IRegistry quiet) : IDisposable
{
    public IRegistry Counting => counting;

    public IRegistry Quiet => quiet;

    public static async Task<Arena> OpenAsync(Toolbox tools)
    {
        var program = tools.DistributionRegistry ?? throw new BenchmarkException("docker-registry (distribution 2.8) is not on PATH.");
        var counting = await DistributionRegistry.StartAsync(tools.Spawner, program, tools.Folder("counting"), logs: true).ConfigureAwait(false);
        try
        {
            return new Arena(counting, await DistributionRegistry.StartAsync(tools.Spawner, program, tools.Folder("quiet"), logs: false).ConfigureAwait(false));
        }
        catch
        {
            counting.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        counting.Dispose();
        quiet.Dispose();
    }
}
