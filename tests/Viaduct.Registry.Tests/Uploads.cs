using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>What the scripted registry does with an upload, and what it saw.</summary>
internal static class Uploads
{
    public static async Task TakeAsync(HttpContext http, Blob blob)
    {
        Assert.Equal(blob.Descriptor.Size, http.Request.ContentLength);
        var hash = await SHA256.HashDataAsync(http.Request.Body);
        Assert.Equal(blob.Descriptor.Digest, Digest.FromSha256(hash));
        await http.AnswerAsync(201, null, "", ("Docker-Content-Digest", blob.Descriptor.Digest.ToString()));
    }

    public static string Methods(ScriptedRegistry registry) => string.Join(' ', registry.Seen.Select(s => s.Method));
}
