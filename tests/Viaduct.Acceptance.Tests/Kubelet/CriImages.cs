using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Kubelet;

/// <summary>
/// containerd's CRI image service over its socket, asked as kubelet asks it: gRPC is a POST over HTTP/2, and of its messages these few fields are needed
/// (k8s.io/cri-api pkg/apis/runtime/v1/api.proto).
/// </summary>
internal sealed class CriImages : IDisposable
{
    private static readonly string[] Codes =
    [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied", "ResourceExhausted",
        "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ];

    private readonly HttpMessageInvoker _http;

    public CriImages(string socket) => _http = new HttpMessageInvoker(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
            return new NetworkStream(connection, ownsSocket: true);
        },
    });

    /// <returns>The error as kubelet's client prints it; null where the image was pulled.</returns>
    public Task<string?> PullAsync(string image, RegistryLogin? login)
    {
        var request = Field(1, Field(1, image));
        return CallAsync("PullImage", login is null ? request : [.. request, .. Field(2, [.. Field(1, login.Username), .. Field(2, login.Password)])]);
    }

    public Task<string?> RemoveAsync(string image) => CallAsync("RemoveImage", Field(1, Field(1, image)));

    public void Dispose() => _http.Dispose();

    private async Task<string?> CallAsync(string method, byte[] message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost/runtime.v1.ImageService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(message.Length)), .. message]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var answer = await _http.SendAsync(request, patience.Token);
        await answer.Content.ReadAsByteArrayAsync(patience.Token);
        // Where nothing but an error comes, its trailers are its headers.
        var code = int.Parse(Said(answer, "grpc-status") ?? throw new InvalidOperationException($"{method}: no gRPC status came"), CultureInfo.InvariantCulture);
        return code == 0 ? null : $"rpc error: code = {Codes[code]} desc = {Uri.UnescapeDataString(Said(answer, "grpc-message") ?? "")}";
    }

    private static string? Said(HttpResponseMessage answer, string name) =>
        (answer.TrailingHeaders.NonValidated.TryGetValues(name, out var values) || answer.Headers.NonValidated.TryGetValues(name, out values)) ? values.ToString() : null;

    private static byte[] Field(int number, string text) => Field(number, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A field of bytes: its number and kind, its length in sevens of bits, itself.</summary>
    private static byte[] Field(int number, byte[] bytes)
    {
        var length = new List<byte>();
        for (var rest = bytes.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest < 0x80 ? rest : (rest & 0x7f) | 0x80));
            if (rest < 0x80) break;
        }
        return [(byte)((number << 3) | 2), .. length, .. bytes];
    }
}
