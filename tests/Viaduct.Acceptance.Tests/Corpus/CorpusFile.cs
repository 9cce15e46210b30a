using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>
/// One Dockerfile of the corpus. All share one context (<see cref="CorpusContext"/>); a last line <c>#? --build-arg … --target … --platform …</c>
/// says what it is built with.
/// </summary>
internal sealed record CorpusFile(string Path)
{
    /// <summary>Built by BuildKit and by the embedded builder.</summary>
    public const string Embedded = "embedded";

    /// <summary>With what only an engine does: it is read, and not built.</summary>
    public const string Engine = "engine";

    /// <summary>Refused by BuildKit and by Viaduct.</summary>
    public const string Refused = "refused";

    /// <summary>Built by BuildKit and refused by Viaduct, as docs/dockerfile.md says.</summary>
    public const string Stricter = "stricter";

    /// <summary>With violations of build checks: read by both, and built by neither.</summary>
    public const string Checked = "checked";

    private static readonly string Root = System.IO.Path.Combine(Repository.Root, "tests/Viaduct.Acceptance.Tests/Corpus");

    private readonly string[] _options = OptionsOf(File.ReadLines(Path).LastOrDefault() ?? "");

    public string Target => Value("--target") ?? "";

    public string Platform => Value("--platform") ?? "linux/amd64";

    public IReadOnlyList<string> Options => _options;

    public static CorpusFile Of(string kind, string name) => new(System.IO.Path.Combine(Root, kind, name + ".Dockerfile"));

    public static IEnumerable<string> Names(string kind) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, kind), "*.Dockerfile").Select(p => System.IO.Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);

    public BuildRequest Request(string context, IBaseImages bases) => new()
    {
        Name = "corpus",
        Context = context,
        Dockerfile = Path,
        Platform = Oci.Platform.Parse(Platform),
        Bases = bases,
        Target = Value("--target"),
        Args = _options.Zip(_options.Skip(1)).Where(p => p.First == "--build-arg").Select(p => p.Second.Split('=', 2)).ToDictionary(p => p[0], p => p[1]),
    };

    private static string[] OptionsOf(string line) => line.StartsWith("#? ", StringComparison.Ordinal) ? line[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    private string? Value(string option) => Array.IndexOf(_options, option) is >= 0 and var at ? _options[at + 1] : null;
}
