using System.Text;
using Viaduct.Acceptance.Tests.Engines;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>A registry that lets nobody in without a password, with one image, and a folder for docker's config.json.</summary>
internal sealed class LoginBed : IAsyncDisposable
{
    private readonly Distribution _registry;

    private LoginBed(Distribution registry) => _registry = registry;

    public TemporaryFolder Folder { get; } = new();

    public string Host => _registry.Address;

    public string Image => $"{Host}/app:1";

    public string Docker => Folder.At("docker");

    public string Config => Folder.At("docker/config.json");

    public static async Task<LoginBed> StartAsync()
    {
        RealParts.NeedTools();
        RealParts.NeedDistribution();
        var bed = new LoginBed(await Distribution.StartAsync(PrivateRegistry.Line));
        bed.Folder.WithApp("FROM scratch\nCOPY f /\n").With("images/app/f", "f").With("pushing/config.json", PrivateRegistry.ConfigJson(bed.Host));
        (await ViaductCli.RunAsync(bed.Folder, bed.Variables("pushing"), "push", "--registry", bed.Host)).MustSucceed();
        Directory.CreateDirectory(bed.Docker);
        return bed;
    }

    public Dictionary<string, string?> Variables(string folder = "docker") => new()
    {
        ["DOCKER_CONFIG"] = Folder.At(folder),
        ["HOME"] = Folder.At("home"),
        ["REGISTRY_AUTH_FILE"] = Folder.At("auth.json"),
        ["DOCKER_AUTH_CONFIG"] = null,
    };

    public Task<Outcome> ViaductAsync(params string[] words) => ViaductCli.RunAsync(Folder, Variables(), words);

    public Task<Outcome> ViaductAsync((string Name, string Value) variable, params string[] words) =>
        ViaductCli.RunAsync(Folder, new Dictionary<string, string?>(Variables()) { [variable.Name] = variable.Value }, words);

    public Task<Outcome> LoginAsync(string password = PrivateRegistry.Password, string? path = null) => Command.RunAsync(
        ["sh", "-c", $"printf %s '{password}' | {ViaductCli.Line} login {Host} -u {PrivateRegistry.User} --password-stdin"], Folder.Path,
        new Dictionary<string, string?>(Variables()) { ["PATH"] = $"{path}:{Environment.GetEnvironmentVariable("PATH")}" });

    /// <summary>One of the tools, with its own words for a login.</summary>
    public Task<Outcome> PeerLoginAsync(string line) => PeerAsync($"echo {PrivateRegistry.Password} | {line.Replace("HOST", Host)} -u {PrivateRegistry.User} --password-stdin");

    /// <summary>A line of a shell among the tools. IMAGE and HOST are put in.</summary>
    public Task<Outcome> PeerAsync(string line, string before = "") => RealParts.InRootAsync(["sh", "-c",
        $"{before} export DOCKER_CONFIG={Docker} REGISTRY_AUTH_FILE={Folder.At("auth.json")} DOCKER_HOST={Environment.GetEnvironmentVariable("VIADUCT_TEST_DOCKER")}; {line.Replace("IMAGE", Image).Replace("HOST", Host)}"]);

    public static string Auths(string host, string user, string password) =>
        "{\"auths\":{\"" + host + "\":{\"auth\":\"" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")) + "\"}}}";

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        Folder.Dispose();
    }
}
