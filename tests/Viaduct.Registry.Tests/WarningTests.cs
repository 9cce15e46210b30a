namespace Viaduct.Registry.Tests;

public sealed class WarningTests
{
    [Theory]
    [InlineData("299 - \"This image is old\"", "This image is old")]
    [InlineData(" 299 - \"a \\\"b\\\" \\\\ c\" ", "a \"b\" \\ c")]
    [InlineData("299 - \"two\u001b[31m\u202e lines\"", "two[31m lines")]
    [InlineData("299 - \"see https://x.example/y?token=secret now\"", "see https://x.example/y now")]
    [InlineData("299 - \"\"", null)]
    [InlineData("299 - \"open", null)]
    [InlineData("299 - \"open\\", null)]
    [InlineData("299 - \"a\" \"Sun, 06 Nov 1994 08:49:37 GMT\"", null)]
    [InlineData("299 proxy \"a\"", null)]
    [InlineData("110 - \"Response is Stale\"", null)]
    [InlineData("", null)]
    public void Only_a_warning_in_the_form_of_the_specification_is_read(string value, string? expected)
    {
        Assert.Equal(expected is not null, WarningText.TryRead(value, out var text));
        Assert.Equal(expected, text);
    }

    [Fact]
    public async Task A_warning_is_told_once_for_each_text_and_only_the_registrys_own()
    {
        var told = new List<RegistryWarning>();
        await using var store = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, null, "", ("Warning", "299 - \"from elsewhere\"")));
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers["Warning"] = new(["299 - \"old\"", $"299 - \"{http.Request.Path.Value![^2..]}\""]);
            return http.Request.Path.Value.EndsWith("v3") ? http.AnswerAsync(307, null, "", ("Location", store.Url + "/x")) : http.AnswerManifestAsync();
        });
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Warned = w => { lock (told) told.Add(w); } });
        foreach (var tag in new[] { "v1", "v2", "v1" }) Assert.NotNull(await client.Repository(registry).FindManifestAsync(tag, default));
        await Assert.ThrowsAnyAsync<Exception>(() => client.Repository(registry).FindManifestAsync("v3", default));
        Assert.Equal(["old", "v1", "v2", "v3"], told.Select(w => w.Text));
        Assert.All(told, w => Assert.Equal(registry.Host, w.Registry));
    }

    [Fact]
    public async Task A_listener_that_throws_leaves_no_place_taken()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Request.Path.Value!.EndsWith("v1")) http.Response.Headers["Warning"] = "299 - \"old\"";
            return http.AnswerManifestAsync();
        });
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Concurrency = 1, Warned = _ => throw new IOException("mine") });
        // The listener's own failure, and no word of a connection.
        Assert.Equal("mine", (await Assert.ThrowsAsync<IOException>(() => client.Repository(registry).FindManifestAsync("v1", default))).Message);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v2", default));
    }

    [Fact]
    public async Task A_registry_that_always_has_another_thing_to_say_is_not_listened_to_for_ever()
    {
        var told = 0;
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}", "application/json", ("Warning", $"299 - \"{Interlocked.Increment(ref count)}\"")));
        using var client = new RegistryClient(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Warned = _ => Interlocked.Increment(ref told) });
        for (var i = 0; i < 40; i++) await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal(32, told);
    }
}
