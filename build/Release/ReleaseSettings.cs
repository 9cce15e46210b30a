using System.Globalization;
using System.Text.Json;
using Viaduct.Oci;

namespace Build.Release;

/// <summary>What is released where. Options first, then what GitHub Actions says (docs.github.com, "Variables reference").</summary>
/// <param name="Api">Of github.com, or of a GitHub Enterprise Server: <c>https://HOST/api/v3/</c>.</param>
/// <param name="Tag">Null where no release is to be made: on a branch or a pull request.</param>
/// <param name="RunUrl">Where the status leads to.</param>
internal sealed record ReleaseSettings(Uri Api, string Owner, string Name, string Token, string Commit, string? Tag, int? PullRequest, string? RunUrl)
{
    private const int MaxEventBytes = 32 << 20;

    public string Where => $"{Owner}/{Name}";

    /// <param name="tag">Of <c>--release-tag</c>.</param>
    /// <exception cref="ViaductException">VIA8000, VIA8001.</exception>
    public static ReleaseSettings Read(string? tag, Func<string, string?> environment)
    {
        var (owner, name) = Repository(Needed("GITHUB_REPOSITORY", "which repository is meant", "Set GITHUB_REPOSITORY to OWNER/NAME."));
        var token = Needed("GITHUB_TOKEN", "with which right", "Set GITHUB_TOKEN; in GitHub Actions: env: { GITHUB_TOKEN: ${{ github.token }} }.");
        var reference = Variable("GITHUB_REF") ?? "";
        return new(
            Address(Variable("GITHUB_API_URL") ?? "https://api.github.com"), owner, name, token, Commit(),
            tag ?? (Variable("GITHUB_REF_TYPE") == "tag" ? Variable("GITHUB_REF_NAME") : null), NumberOf(reference),
            Variable("GITHUB_RUN_ID") is { } run && Variable("GITHUB_SERVER_URL") is { } server ? $"{server}/{owner}/{name}/actions/runs/{run}" : null);

        string? Variable(string variable) => environment(variable) is { Length: > 0 } value ? value : null;

        string Needed(string variable, string what, string todo) => Variable(variable) ?? throw ReleaseErrors.NotSaid(what, todo);

        // A pull request's run is of a merge that nobody sees; its status belongs to the head.
        string Commit() => (Variable("GITHUB_EVENT_PATH") is { } file && NumberOf(reference) is not null ? HeadOf(file) : null)
            ?? Needed("GITHUB_SHA", "of which commit the images are", "Set GITHUB_SHA to the commit from which they were built.");
    }

    private static (string, string) Repository(string text) =>
        text.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? (owner, name)
        : throw ReleaseErrors.BadAddress("GITHUB_REPOSITORY", text, "Write OWNER/NAME.");

    private static Uri Address(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) && address.UserInfo.Length == 0 ? address
        : throw ReleaseErrors.BadAddress("GITHUB_API_URL", address is { UserInfo.Length: > 0 } ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : text, "Write https://api.github.com, or https://HOST/api/v3 for a GitHub Enterprise Server.");

    private static int? NumberOf(string reference) =>
        reference.Split('/') is ["refs", "pull", var number, ..] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;

    private static string? HeadOf(string file)
    {
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: <= MaxEventBytes }) return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 64 });
            return json.RootElement.TryGetProperty("pull_request", out var request) && request.TryGetProperty("head", out var head) && head.TryGetProperty("sha", out var sha) ? sha.GetString() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
