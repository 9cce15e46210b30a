using System.Text;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Engines;

/// <summary>
/// Which instructions copy the context's root, and with it what Viaduct adds to the context. BuildKit's classic predecessor leaves the Dockerfile out
/// by .dockerignore; BuildKit obeys that only when a session brings the context.
/// </summary>
internal static class ContextCopies
{
    /// <summary>The folder that no build context has (<see cref="BuildContext"/>): the Dockerfile is in it.</summary>
    public const string Folder = BuildContext.Own;

    public static bool TakesAll(CopyInstruction copy) => copy.From is null && copy.Sources.Any(s => Reaches(s.Text, copy.Name == "ADD"));

    private static bool Reaches(string source, bool isAdd)
    {
        if (CopyParser.AddressOf(source) is not null) return false;
        // A variable may be anything; that of an ADD is taken for the name of an archive.
        var (pattern, varies) = WithoutVariables(source);
        if (varies && isAdd) return false;
        var first = SlashPath.Clean("/" + pattern.Trim('"', '\'')).Split('/')[1];
        try
        {
            return first.Length == 0 || (Glob.IsPattern(first) && Glob.Path(first).Matches(Folder));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The same with a wildcard in the place of each variable.</summary>
    private static (string Pattern, bool Varies) WithoutVariables(string source)
    {
        var pattern = new StringBuilder();
        var varies = false;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '$')
            {
                pattern.Append(source[i]);
                continue;
            }
            varies = true;
            pattern.Append('*');
            if (i + 1 < source.Length && source[i + 1] == '{') i = source.IndexOf('}', i) is > 0 and var end ? end : source.Length;
            else while (i + 1 < source.Length && (char.IsAsciiLetterOrDigit(source[i + 1]) || source[i + 1] == '_')) i++;
        }
        return (pattern.ToString(), varies);
    }
}
