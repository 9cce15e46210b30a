using System.Text.RegularExpressions;
using Viaduct.Acceptance.Tests.Engines;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>
/// The registries of the cases. In their lines <c>$R</c> is the address of one that all may write to, <c>$S</c> of a second, <c>$P</c> of one with a
/// password, <c>$MOUNTS</c>, <c>$BROKEN</c>, <c>$STUMBLES</c>, <c>$BUSY</c> and <c>$HURRIED</c> of faulty ones before the first, <c>$NOBODY</c> of none;
/// <c>$N</c> is the case's own repository, <c>$T</c> the same in <c>$R</c>, <c>$STORE</c> the folder of the local lists, <c>$(NAME:TAG)</c> a digest.
/// </summary>
internal sealed partial class Bed : IAsyncDisposable
{
    private readonly Dictionary<string, string> _addresses = [];
    private readonly List<FaultyRegistry> _faulty = [];
    private readonly List<Distribution> _registries = [];

    public static async Task<Bed> StartAsync()
    {
        var bed = new Bed();
        try
        {
            await bed.FillAsync();
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var faulty in _faulty) await faulty.DisposeAsync();
        foreach (var registry in _registries) await registry.DisposeAsync();
    }

    internal string Registry => _addresses["R"];

    internal string Private => _addresses["P"];

    /// <summary>All that is said of a repository in all registries, a line a file: tags, manifests and the blobs that it has.</summary>
    internal IReadOnlyList<string> Pushed(string repository) =>
    [
        .. from place in _registries.Select((r, i) => (Folder: Path.Combine(r.Repositories, repository), Number: i))
           where Directory.Exists(place.Folder)
           from file in Directory.EnumerateFiles(place.Folder, "link", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(place.Folder, file)
           where !name.StartsWith("_uploads", StringComparison.Ordinal)
           let line = $"{place.Number} {name} {File.ReadAllText(file)}"
           orderby line
           select line,
    ];

    /// <summary>As if nobody had ever pushed there.</summary>
    internal void Forget(string repository)
    {
        foreach (var faulty in _faulty) faulty.Reset();
        foreach (var folder in _registries.Select(r => Path.Combine(r.Repositories, repository)).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Puts a seed's tag on another image: <c>point arm:moving 1</c>.</summary>
    internal async Task PointAsync(string name, string from)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Registry}/v2/") };
        var (repository, tag) = (name.Split(':')[0], name.Split(':')[1]);
        await Seeds.PutAsync(client, repository, tag, Seeds.Find($"{repository}:{from}"));
    }

    internal Dictionary<string, string?> Variables(string repository, string home)
    {
        var all = _addresses.ToDictionary(a => a.Key, string? (a) => a.Value);
        (all["N"], all["T"], all["STORE"]) = (repository, $"{Registry}/{repository}", $"{home}/.docker/manifests");
        return all;
    }

    internal static string Expand(string text, IReadOnlyDictionary<string, string?> variables) =>
        Name().Replace(text, m => m.Groups[2].Success ? Seeds.Find(m.Groups[2].Value).Digest : variables[m.Groups[1].Value]!);

    private async Task FillAsync()
    {
        await AddAsync("R", null);
        await AddAsync("S", null);
        await AddAsync("P", PrivateRegistry.Line);
        foreach (var (name, fault) in new[] { ("MOUNTS", Fault.NoMounts), ("BROKEN", Fault.BrokenPuts), ("STUMBLES", Fault.OneBrokenPut), ("BUSY", Fault.BusyReads), ("HURRIED", Fault.OneBusyRead) })
        {
            var faulty = await FaultyRegistry.StartAsync(fault, Registry);
            _faulty.Add(faulty);
            _addresses[name] = faulty.Address;
        }
        _addresses["NOBODY"] = $"127.0.0.1:{Ports.Free()}";
    }

    private async Task AddAsync(string name, string? password)
    {
        var registry = await Distribution.StartAsync(password);
        _registries.Add(registry);
        _addresses[name] = registry.Address;
        await Seeds.PushAsync(registry.Address, password is null ? null : "user:opensesame");
    }

    [GeneratedRegex(@"\$(?:(\w+)|\(([^)]+)\))")]
    private static partial Regex Name();
}
