using System.Globalization;

namespace Viaduct.Build.Engines.Connections;

/// <param name="Path">The socket there; null for where the client there would look.</param>
internal sealed record SshAddress(string Text, string? User, string Host, int? Port, string? Path) : EngineAddress(Text)
{
    /// <summary>The words after <c>ssh</c>: those of docker (docker/cli connhelper.go), <c>--</c> before all that comes from the address but user and port.</summary>
    /// <param name="client"><c>docker</c> or <c>podman</c>: both have <c>system dial-stdio</c>.</param>
    public IReadOnlyList<string> Words(string client) =>
    [
        .. User is null ? (string[])[] : ["-l", User],
        .. Port is null ? (string[])[] : ["-p", Port.Value.ToString(CultureInfo.InvariantCulture)],
        "-o", "ConnectTimeout=30", "-T", "--", Host,
        client, .. Path is null ? (string[])[] : [Quoted($"{(client == "podman" ? "--url" : "--host")}=unix://{Path}")], "system", "dial-stdio",
    ];

    /// <summary>The far side's shell reads it.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=:/.,+@".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
