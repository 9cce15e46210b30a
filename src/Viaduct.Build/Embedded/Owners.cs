using System.Globalization;
using System.Text;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>
/// Resolves <c>user[:group]</c> against the image's own /etc/passwd and /etc/group. As in BuildKit a number alone is user and group,
/// a name alone takes the group of its line in passwd.
/// </summary>
internal sealed class Owners(FileTree tree)
{
    private const int MaxFile = 1 << 20;

    public async Task<Owner> FindAsync(Expanded words, CancellationToken cancellationToken)
    {
        var text = words.Text;
        var colon = text.IndexOf(':');
        var user = colon < 0 ? text : text[..colon];
        var group = colon < 0 ? null : text[(colon + 1)..];
        if (user.Length == 0 || group is "") throw BuildErrors.BadValue(words.Word, $"'{text}' is not an owner", "Write user or user:group, by name or by number.");

        var line = Number(user) is null ? await LineAsync(words.Word, user, "etc/passwd", 4, cancellationToken).ConfigureAwait(false) : null;
        var uid = Number(user) ?? Field(words.Word, line!, 2, user);
        var gid = group is null ? line is null ? uid : Field(words.Word, line, 3, user)
            : Number(group) ?? Field(words.Word, await LineAsync(words.Word, group, "etc/group", 3, cancellationToken).ConfigureAwait(false), 2, group);
        return new Owner(uid, gid);
    }

    private async Task<string[]> LineAsync(Word word, string name, string file, int fields, CancellationToken cancellationToken)
    {
        if (tree.Find(tree.Locate(file, word)) is { Content: { } content } node && node.Entry.Size <= MaxFile)
        {
            await using var stream = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                if (line.Split(':') is { } parts && parts.Length >= fields && parts[0] == name) return parts;
        }
        throw BuildErrors.UnknownOwner(word, name, file);
    }

    private static long Field(Word word, string[] line, int index, string name) =>
        Number(line[index]) ?? throw BuildErrors.BadValue(word, $"the line of '{name}' in the image's user database has no number", "Repair the file.");

    private static long? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
