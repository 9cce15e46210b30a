using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>The file behind an address.</summary>
/// <param name="Name">In a destination that is a folder: the last name of the path (BuildKit, dispatchCopy).</param>
/// <param name="Shown">For people: without the query, which may hold a signature.</param>
internal sealed record RemoteFile(Uri Address, string Name, string Shown)
{
    /// <summary>To be written down: without the query, and without a user's name and password.</summary>
    public string Plain => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public static RemoteFile Of(Expanded source)
    {
        if (!Uri.TryCreate(source.Text, UriKind.Absolute, out var address) || address.Host.Length == 0)
            throw BuildErrors.BadValue(source.Word, $"'{WithoutQuery(source.Text)}' is not an address", "Write https://host/path.");
        var path = Uri.UnescapeDataString(address.AbsolutePath).TrimEnd('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name is ".." || name.Contains('\0')) throw BuildErrors.BadValue(source.Word, $"'{WithoutQuery(source.Text)}' names no file", "Take an address that ends with the file's name.");
        return new RemoteFile(address, name is "" or "." ? "__unnamed__" : name, WithoutQuery(source.Text));
    }

    public static string WithoutQuery(string address) => address.IndexOfAny(['?', '#']) is >= 0 and var end ? address[..end] : address;
}
