using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Engines;

/// <summary>
/// Takes the values of build arguments and secrets out of what builders say: BuildKit writes the former into the names of its steps
/// (dockerfile2llb, processCmdEnv), and programs print what they like.
/// </summary>
internal sealed class Masking
{
    /// <summary>What is shorter stands everywhere by chance.</summary>
    private const int Shortest = 4;
    private const int LargestSecret = 1 << 16;

    // Not secret, and half of the words in a log.
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal) { "ARCH", "BASE", "SOURCE_DATE_EPOCH" };

    private readonly List<(string Value, string Name)> _values = [];

    public Masking(BuildRequest request, Func<string, string?> variable)
    {
        foreach (var (name, value) in request.Args)
            if (!Open.Contains(name)) AddAll(value, $"${name}");
        foreach (var secret in request.Engine.Secrets.Select(SecretSource.Parse)) AddAll(Value(secret, variable), $"(secret {secret.Id})");
        // A value that holds another one goes first.
        _values.Sort((a, b) => b.Value.Length.CompareTo(a.Value.Length));
    }

    public string Mask(string text)
    {
        foreach (var (value, name) in _values) text = text.Replace(value, name, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The whole, for names of steps; its lines, for what is told by lines; both as Go quotes them (<c>process "/bin/sh -c …"</c>).</summary>
    private void AddAll(string value, string name)
    {
        string[] forms = [value, value.Trim(), value.ReplaceLineEndings(" "), .. value.Split('\n').Select(l => l.Trim())];
        foreach (var form in forms.SelectMany(f => (string[])[f, GoText.Quote(f)[1..^1]]).Distinct(StringComparer.Ordinal)) Add(form, name);
    }

    private void Add(string value, string name)
    {
        if (value.Length >= Shortest) _values.Add((value, name));
    }

    private static string Value(SecretSource secret, Func<string, string?> variable)
    {
        try
        {
            if (secret.Variable is { } name && variable(name) is { } value) return value;
            return secret.File is { } file && new FileInfo(file) is { Exists: true, Length: < LargestSecret } ? File.ReadAllText(file) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
