using System.Text.Json;

namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>A copy of <c>examples/web</c> with another base.</summary>
internal sealed class WebExample : IDisposable
{
    private const string ImageFolder = "images/web/";
    private static readonly string[] Made = ["bin", "obj", "out", ".viaduct", "artifacts"];

    private readonly TemporaryFolder _folder = new();

    public WebExample(string registry, string deps)
    {
        var source = Path.Combine(Repository.Root, "examples/web");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(source, f)))
            if (!file.Split('/').Any(Made.Contains)) _folder.With(file, File.ReadAllBytes(Path.Combine(source, file)));
        Image = $"{registry}/web:1.0";
        Change("image.yaml", "mcr.microsoft.com/dotnet/runtime-deps:10.0", deps);
    }

    /// <summary>The name of the list.</summary>
    public string Image { get; }

    public bool HasOutputs => Directory.Exists(_folder.At(ImageFolder + "out"));

    public Task<Outcome> RunAsync(params string[] words) => ViaductCli.RunAsync(_folder, words);

    public void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(_folder.At(ImageFolder + file));
        Assert.Contains(from, text);
        _folder.With(ImageFolder + file, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>The digests of a platform's layers, the base's first, as crane sees them.</summary>
    public async Task<IReadOnlyList<string>> LayersAsync(string platform)
    {
        using var manifest = JsonDocument.Parse((await RealParts.CraneAsync("manifest", "--platform", platform, Image)).MustSucceed().Output);
        return [.. manifest.RootElement.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("digest").GetString()!)];
    }

    public void Dispose() => _folder.Dispose();
}
