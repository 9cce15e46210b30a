namespace Viaduct.Acceptance.Tests;

/// <summary>One of the docker engines that <c>.ci/parts.sh</c> starts.</summary>
/// <param name="variable">The environment variable with its address.</param>
internal sealed class Engine(string variable)
{
    /// <summary>dockerd 28 that keeps images in containerd's store.</summary>
    public static readonly Engine Store = new("VIADUCT_TEST_DOCKER");

    /// <summary>dockerd 28 with a graph driver.</summary>
    public static readonly Engine Graph = new("VIADUCT_TEST_DOCKER_GRAPH");

    /// <summary>dockerd 20.10.</summary>
    public static readonly Engine Old = new("VIADUCT_TEST_DOCKER_OLD");

    /// <summary>By the word that theories use.</summary>
    public static Engine Of(string name) => name switch { "store" => Store, "graph" => Graph, "old" => Old, _ => throw new ArgumentOutOfRangeException(nameof(name), name, null) };

    /// <summary>As docker's <c>-H</c> and <c>DOCKER_HOST</c> take it; null where there is none, which <see cref="Need"/> skips.</summary>
    public string? Address => Environment.GetEnvironmentVariable(variable);

    public void Need()
    {
        RealParts.NeedTools();
        Assert.SkipUnless(Address is not null && File.Exists(Address["unix://".Length..]), $"the dockerd of {variable} is not here: {RealParts.How}");
    }

    public Task<Outcome> RunAsync(params string[] words) => RealParts.InRootAsync(["docker", "-H", Address!, .. words]);
}
