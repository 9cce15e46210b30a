namespace Viaduct.Build.Dockerfiles;

/// <summary>Names that sound like secrets (BuildKit, dockerfile2llb/validations.go): one of their parts, or all, is such a word.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "apikey", "auth", "credential", "credentials", "key", "passwd", "password", "pword", "secret", "token",
    };

    public static bool Is(string name)
    {
        var parts = name.Split('_');
        return parts.Any(Words.Contains) && !parts.Contains("public", StringComparer.OrdinalIgnoreCase);
    }
}
