namespace Viaduct.Build.Dockerfiles;

/// <summary>Sources of ADD that are no paths.</summary>
internal static class Addresses
{
    // What BuildKit takes for an address and not for a path (dockerfile2llb isHTTPSource, gitutil.ParseGitRef).
    private static readonly string[] Prefixes = ["http://", "https://", "git://", "ssh://", "git@", "github.com/"];

    public static bool Is(string source) => Array.Exists(Prefixes, prefix => source.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// What of a source only an engine fetches, as messages name it: without the address, because it may hold a password. Null for a path, and for a file that a checksum holds.
    /// </summary>
    /// <param name="text">The source as it is written, or with its variables replaced.</param>
    public static Word? Foreign(Word source, string text, bool checksum)
    {
        if (!Is(text)) return null;
        var address = text.IndexOfAny(['?', '#']) is >= 0 and var end ? text[..end] : text;
        var http = text.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        // Behind HTTP it is git that has this ending (gitutil.ParseGitRef).
        if (!http || address.EndsWith(".git", StringComparison.Ordinal)) return source with { Text = "ADD of a git address" };
        var host = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/')[0];
        if (host.Contains('@')) return source with { Text = "ADD of an address with a user name" };
        return checksum ? null : source with { Text = WithoutChecksum };
    }

    public const string WithoutChecksum = "ADD of an address without --checksum";
}
