using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>Whatever stands in a Dockerfile, it is read or refused: with a code, a place, and within bounds.</summary>
public sealed class Mutated_Dockerfiles : IAsyncDisposable
{
    private const int Count = 100_000;

    // What one may allocate in all: the words of a Dockerfile become 64 Mi characters at most.
    private const long Bound = 2L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Workspace _workspace = new Workspace().File("a.txt", "A").File("b.txt", "B").File("src/index.js", "1").File("src/lib/util.js", "2").File("bin/app-amd64", "x", executable: true).Link("loop", "loop").Link("out", "/etc");
    private readonly ConcurrentDictionary<int, int> _now = new();

    [Fact]
    public async Task Nothing_but_a_key_or_a_refusal_comes_of_them()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(TestSeed.Name(0));
        var keys = 0;
        var all = Task.Run(() => Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, number =>
        {
            _now[Environment.CurrentManagedThreadId] = number;
            if (Try(number)) Interlocked.Increment(ref keys);
        }));
        try
        {
            await all.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"one of these has no end: {string.Join("; ", _now.Values.Select(TestSeed.Name))}");
        }
        // Mutants that are all refused at their first line would prove nothing.
        Assert.InRange(keys, Count / 50, Count);
    }

    private bool Try(int number)
    {
        var random = TestSeed.Case(number);
        var path = Path.Combine(_workspace.Root, $"Dockerfile-{Environment.CurrentManagedThreadId}");
        Workspace.Overwrite(path, DockerfileMutator.Make(random));
        var request = new BuildRequest { Name = "mutant", Context = _workspace.Root, Dockerfile = path, Platform = Platform.Parse("linux/amd64"), Bases = new AnyBase(), Target = random.Next(10) == 0 ? "build" : null };
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            DockerfileBases.Of(request);
            DockerfileBases.OnBuildOf(request);
            DockerfileFeatures.Of(request);
            _workspace.Builder.KeyAsync(request, CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (ViaductException e) when (e.Code.StartsWith("VIA21", StringComparison.Ordinal) && e.Where is { Length: > 0 })
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{TestSeed.Name(number)}: {e.Message}", e);
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Bound, $"{TestSeed.Name(number)} allocates {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
