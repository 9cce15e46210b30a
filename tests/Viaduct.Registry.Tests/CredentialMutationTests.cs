using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialMutationTests
{
    private const string Sample = """
        {
        	"auths": {
        		"https://index.docker.io/v1/": { "auth": "YWxpY2U6cHc=" },
        		"r.example": { "auth": "YWxpY2U6cHc=", "identitytoken": "idt", "email": "a@b" },
        		"quay.io/team": { "username": "a\u00e9", "password": "x" }
        	},
        	"HttpHeaders": { "X": "y{}[],:\"" },
        	"credHelpers": { "h.example": "one" },
        	"credsStore": "",
        	"proxies": { "default": { "httpProxy": null } }
        }
        """;

    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "null", "\\ud800", "\\", "auths", "\"auths\":{", "\u0000", "é", "0", "-1e9", " ", "\n", "r.example", "==", "true"];

    [Fact]
    public void Five_thousand_mutated_files_give_a_value_or_a_typed_error()
    {
        var random = new Random(20250728);
        var (values, errors) = (0, 0);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = Mutate(random);
            foreach (var format in Enum.GetValues<CredentialFormat>())
                try
                {
                    var document = AuthDocument.Parse(bytes, "name", format);
                    foreach (var registry in (string[])["docker.io", "r.example", "quay.io", "h.example"])
                    {
                        _ = document?.HelperOf(registry, "team/app");
                        _ = document?.PlaceOf(registry, "team/app");
                        _ = document?.Find(registry, "team/app");
                    }
                    values++;
                }
                catch (ViaductException e)
                {
                    Assert.Contains(e.Code, (string[])["VIA3040", "VIA3042"]);
                    errors++;
                }
        }
        Assert.True(values > 500 && errors > 500, $"{values} values, {errors} errors");
    }

    [Fact]
    public void Whatever_could_be_read_holds_the_new_entry_and_all_of_the_others_after_it_was_changed()
    {
        var random = new Random(4);
        var changed = 0;
        for (var i = 0; i < 5000; i++)
        {
            var bytes = Mutate(random);
            try
            {
                AuthDocument.Parse(bytes, "name", CredentialFormat.Docker)?.Check();
            }
            catch (ViaductException)
            {
                continue;
            }
            var after = ConfigEdit.Set(bytes, "new.example", [("auth", "YWxpY2U6cHc=")]);
            Assert.Equal("alice", AuthDocument.Parse(after, "name", CredentialFormat.Docker)!.Find("new.example", null)?.Username);
            Assert.Equal(Outline(bytes), Outline(ConfigEdit.Remove(after, k => k == "new.example")));
            changed++;
        }
        Assert.True(changed > 500, $"{changed}");
    }

    /// <summary>All members that are not empty sections, with their bytes.</summary>
    private static string Outline(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0) return "";
        using var document = JsonDocument.Parse(bytes);
        var members = document.RootElement.EnumerateObject().Select(m => (Name: Bytes(JsonMarshal.GetRawUtf8PropertyName(m)), Value: Bytes(JsonMarshal.GetRawUtf8Value(m.Value))));
        return string.Join('\n', members.Where(m => !m.Name.Equals("auths", StringComparison.OrdinalIgnoreCase) || m.Value is not ("{}" or "null")).Select(m => $"{m.Name}:{m.Value}"));
    }

    private static string Bytes(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).Replace(" ", "").Replace("\n", "").Replace("\t", "");

    private static byte[] Mutate(Random random)
    {
        var text = Sample;
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(0, 12));
            text = random.Next(4) switch
            {
                0 => text.Remove(at, Math.Min(length, text.Length - at)),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text[..at] + Pieces[random.Next(Pieces.Length)] + text[Math.Min(text.Length, at + length)..],
                _ => text.Insert(at, text.Substring(random.Next(text.Length), 0) + text[at..Math.Min(text.Length, at + length)]),
            };
            if (text.Length == 0) text = " ";
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(5) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
