using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class UploadEndTests
{
    private static readonly Blob Large = Samples.Blob(300_000, seed: 2);

    [Fact]
    public async Task An_upload_that_is_cancelled_is_given_up_at_the_registry()
    {
        using var source = new CancellationTokenSource();
        var given = new TaskCompletionSource<string>();
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            switch (http.Request.Method)
            {
                case "HEAD": await http.AnswerAsync(404); break;
                case "POST": await http.AnswerAsync(202, null, "", ("Location", "/upload/1")); break;
                case "DELETE": given.TrySetResult(http.Request.Path!); await http.AnswerAsync(204); break;
                default:
                    await http.Request.Body.ReadExactlyAsync(new byte[1000]);
                    await source.CancelAsync();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { });
                    break;
            }
        });
        using var client = new RegistryClient(new RegistryOptions { Credentials = NoCredentials.Instance });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Repository(registry).PushBlobAsync(Large, source.Token));
        Assert.Equal("/upload/1", await given.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
