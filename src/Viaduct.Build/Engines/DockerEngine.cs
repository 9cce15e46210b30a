using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Platform = Viaduct.Oci.Platform;

namespace Viaduct.Build.Engines;

/// <summary>docker, and podman that speaks as docker does, over the Engine API.</summary>
/// <param name="connection">Ends with this.</param>
internal sealed class DockerEngine(DockerConnection connection) : IEngine
{
    public EngineInfo Info => connection.Info;

    public async Task LoadAsync(Platform platform, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var said = new FirstError();
        Exception? cause = null;
        Exception? failure = null;
        try
        {
            await Sending.AsStreamAsync(WriteAsync, async body =>
            {
                await connection.Client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, body, said, cancellationToken).ConfigureAwait(false);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException && e != cause && !cancellationToken.IsCancellationRequested)
        {
            failure = e;
        }
        if (said.Text is { } words) throw EngineErrors.Refused(Info, words, failure);
        if (failure is not null) throw EngineErrors.Refused(Info, EngineWords.Of(failure), failure);

        // What the image's source fails of is no word of the engine's.
        async Task WriteAsync(Stream output, CancellationToken token)
        {
            try
            {
                await write(output, token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                cause = e;
                throw;
            }
        }
    }

    public async Task<string?> FindAsync(Reference name, CancellationToken cancellationToken)
    {
        try
        {
            var id = (await connection.Client.Images.InspectImageAsync(NameOf(name), cancellationToken).ConfigureAwait(false)).ID;
            // podman says it without.
            return id.Contains(':', StringComparison.Ordinal) ? id : "sha256:" + id;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException)
        {
            throw EngineErrors.Refused(Info, EngineWords.Of(e), e);
        }
    }

    public string NameOf(Reference name) => name.Familiar;

    public IReadOnlyList<string> RunWith(Reference name, Platform? platform) =>
        [.. connection.Command, "run", "--rm", .. platform is null ? (string[])[] : ["--platform", platform.ToString()], NameOf(name)];

    public void Dispose() => connection.Dispose();
}
