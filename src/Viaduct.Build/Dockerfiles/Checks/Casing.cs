namespace Viaduct.Build.Dockerfiles;

internal static class Casing
{
    public static bool IsLower(string text) => text == text.ToLowerInvariant();

    public static bool IsUpper(string text) => text == text.ToUpperInvariant();
}
