using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The failures of the local store of lists: VIA5130 to VIA5139.</summary>
internal static class StoreErrors
{
    private const string EveryFile = "docker takes every file in this folder for an image of the list. Remove the file, or remove the list (viaduct manifest rm) and create it again.";

    private const string Begins = "{[\"-tfn0123456789";

    public static ViaductException NotAnImage(string file, string why) => new("VIA5130", $"this is not a file of docker's store: {why}", file, EveryFile);

    /// <summary>With the words of Go's scanner, where they are sure.</summary>
    /// <param name="position">Line and byte, as .NET's reader tells them.</param>
    public static ViaductException NotJson(string file, ReadOnlySpan<byte> bytes, string position) => GoWords(bytes) is { } words
        ? new ManifestException("VIA5130", words, $"{file}: this is not a file of docker's store: it is not JSON ({position})", EveryFile)
        : NotAnImage(file, $"it is not JSON ({position})");

    public static ManifestException Folder(string path) =>
        new("VIA5130", $"read {path}: is a directory", $"{path}: this is not a file of docker's store: it is a folder", EveryFile);

    public static ViaductException Refused(string path, Exception inner) => new("VIA5131", $"the system refuses it: {inner.Message}", path, inner: inner);

    public static ViaductException Busy(string list, TimeSpan limit) =>
        new("VIA5132", $"another viaduct has been at work on the list for {(limit < TimeSpan.FromMinutes(1) ? $"{limit.TotalSeconds:0} seconds" : $"{limit.TotalMinutes:0} minutes")}", list, "Wait for it, or end it.");

    public static ViaductException OtherList(Reference list, Reference present, string folder) =>
        new("VIA5133", $"docker would keep it in the folder of {present}: {folder}", list.ToString(),
            $"Push or remove that one first (viaduct manifest rm {present.Familiar}), or choose another name.");

    public static ViaductException BadCompanion(string file, string why) =>
        new("VIA5134", $"what viaduct keeps beside docker's store cannot be read: {why}", file, "Remove the file: annotations of the list and attestations are lost with it, the list itself is not.");

    public static ManifestException NoSuchLists(IReadOnlyList<string> words) => new("VIA5135", string.Join('\n', words));

    public static ManifestException NoSuchList(Reference list) => new("VIA5135", $"No such manifest: {list}");

    public static ViaductException MadeMeanwhile(Reference list, string folder) =>
        new("VIA5136", $"another program has made it in the meantime: {folder}", list.ToString(), "Run it again, with --amend or --replace.");

    public static ViaductException NotInList(Reference list, IReadOnlyList<string> images) =>
        new("VIA5137", $"{string.Join(", ", images)} {(images.Count == 1 ? "is" : "are")} not in it; nothing was removed", list.ToString(), "viaduct manifest ls names the images of local lists.");

    public static ViaductException TooMany(string folder, int most) => new("VIA5138", $"it holds more than {most} files", folder, "Remove what does not belong there.");

    /// <summary>Go's scanner (encoding/json/scanner.go, stateBeginValue), as far as the first character decides.</summary>
    internal static string? GoWords(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || IsCutOff(text)) return "unexpected end of JSON input";
        var first = (char)text[0];
        return first is <= ' ' or >= (char)0x7f || Begins.Contains(first, StringComparison.Ordinal) ? null
            : $"invalid character '{(first is '\'' or '\\' ? "\\" : "")}{first}' looking for beginning of value";
    }

    private static bool IsCutOff(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
