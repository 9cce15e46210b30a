using System.Text.RegularExpressions;

namespace Viaduct.Cli.Tests;

/// <summary>A copy of a section's folder in which its commands are called.</summary>
internal sealed partial class ImagesPageExample : IDisposable
{
    /// <summary>Where the embedded registry listens by the documents.</summary>
    private const string Shown = "127.0.0.1:5842";

    private readonly Place _place = new();

    public ImagesPageExample(string section)
    {
        _place.With("DOCKER_CONFIG", _place.PathOf(".docker"));
        Copy(Path.Combine(ImagesPage.Folder, section), _place.Folder);
        if (!File.Exists(_place.PathOf("viaduct.yaml"))) return;
        foreach (var file in Directory.GetFiles(_place.Folder, "*.yaml")) File.WriteAllText(file, File.ReadAllText(file).Replace(Shown, _place.Registry));
        _place.File("viaduct.yaml", File.ReadAllText(_place.PathOf("viaduct.yaml")).Replace("../../../images", "images"));
        Copy(Path.Combine(ImagesPage.Root, "images"), _place.PathOf("images"));
    }

    /// <summary>How the last command ended.</summary>
    public int Exit { get; private set; }

    /// <summary>What the command prints, errors at the end, in the documents' words for this machine's folder and port.</summary>
    public async Task<string> RunAsync(ImagesPageStep step)
    {
        if (step.Command == "echo $?") return $"{Exit}\n";
        var words = Word().Matches(step.Command.Replace(Shown, _place.Registry)).Select(m => m.Value.Trim('\'')).ToArray();
        if (words[0] == "export")
        {
            var (name, value) = (words[1].Split('=')[0], words[1].Split('=')[1]);
            _place.With(name, value);
            Exit = 0;
            return "";
        }
        Assert.Equal("viaduct", words[0]);
        var outcome = await _place.RunAsync(words[1..]);
        Exit = outcome.Exit;
        return (outcome.Output + outcome.Error).Replace(_place.Registry, Shown).Replace(_place.PathOf(".docker"), "/root/.docker").Replace(_place.Folder + Path.DirectorySeparatorChar, "");
    }

    public void Dispose() => _place.Dispose();

    /// <summary>All but what somebody left who ran the commands there.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}.viaduct{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Word();
}
