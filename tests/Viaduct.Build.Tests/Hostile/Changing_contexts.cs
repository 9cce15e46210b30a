using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>Somebody writes into the context while it is built: the image is right, or there is none.</summary>
public sealed class Changing_contexts : IAsyncDisposable
{
    private const int Size = 1 << 20;

    // Longer than a tick of the clock that a file system stamps with: two changes in one tick look like one.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Workspace _workspace = new();

    private string Changing => Path.Combine(_workspace.Root, "d/file");

    public static TheoryData<string> Ways() => ["replace", "overwrite", "append", "truncate", "remove"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_file_is_copied_whole_and_under_the_right_key_or_not_at_all(string way)
    {
        const string dockerfile = "FROM scratch\nCOPY d /d";
        _workspace.File("d/file", Text('a')).File("d/other", "o").File("Dockerfile", dockerfile);
        var keys = new Dictionary<string, string>();
        using var end = new CancellationTokenSource();
        var writer = Task.Run(() => ChangeAsync(way, end.Token));
        var images = new List<(string Key, string? Content)>();
        try
        {
            for (var i = 0; i < 25; i++)
            {
                try
                {
                    var image = await _workspace.BuildAsync(dockerfile);
                    var lines = (await Workspace.LayersAsync(image))[0];
                    images.Add((image.Manifest.AsImage().Annotations[Annotations.InputKey], lines.Find(l => l.Contains(" d/file = "))?.Split(" = ")[1]));
                }
                catch (ViaductException e)
                {
                    Assert.Contains(e.Code, (string[])["VIA2126", "VIA2128"]);
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await writer;
        }
        // Each key stands for one content: what was copied is what the key was made of. A new builder remembers none.
        foreach (var (key, content) in images.Distinct())
        {
            // An empty file is not the same as none.
            var place = content is null ? "none" : "=" + content;
            if (!keys.TryGetValue(place, out var expected))
            {
                if (content is null) File.Delete(Changing);
                else await File.WriteAllTextAsync(Changing, content);
                keys[place] = expected = (await new EmbeddedBuilder().KeyAsync(_workspace.Request(), CancellationToken.None)).ToString();
            }
            Assert.Equal(expected, key);
        }
    }

    [Fact]
    public async Task A_folder_that_becomes_a_link_never_leads_out_of_the_context()
    {
        const string dockerfile = "FROM scratch\nCOPY . /x";
        _workspace.File("outside/file", "secret").File("context/a/file", "fine").File("context/b", "b");
        var (folder, aside, link) = (Path.Combine(_workspace.Root, "context/a"), Path.Combine(_workspace.Root, "aside"), Path.Combine(_workspace.Root, "link"));
        using var end = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                Directory.Move(folder, aside);
                File.CreateSymbolicLink(folder, "../outside");
                File.Delete(folder);
                Directory.Move(aside, folder);
            }
        });
        try
        {
            for (var i = 0; i < 300; i++)
            {
                await using var spool = new BlobSpool(_workspace.Root + "/spool");
                try
                {
                    var image = await _workspace.Builder.BuildAsync(_workspace.Request(dockerfile) with { Context = Path.Combine(_workspace.Root, "context") }, spool, CancellationToken.None);
                    Assert.DoesNotContain("secret", string.Join('\n', (await Workspace.LayersAsync(image)).SelectMany(l => l)));
                }
                catch (ViaductException e)
                {
                    Assert.Contains(e.Code, (string[])["VIA2126", "VIA2128"]);
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await writer;
        }
    }

    private async Task ChangeAsync(string way, CancellationToken end)
    {
        for (var letter = 'b'; !end.IsCancellationRequested; letter = letter == 'z' ? 'a' : (char)(letter + 1))
        {
            switch (way)
            {
                case "replace":
                    await File.WriteAllTextAsync(Path.Combine(_workspace.Root, "new"), Text(letter), CancellationToken.None);
                    File.Move(Path.Combine(_workspace.Root, "new"), Changing, overwrite: true);
                    break;
                case "overwrite":
                    await using (var file = new FileStream(Changing, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Text(letter)), CancellationToken.None);
                    break;
                case "append":
                    await File.AppendAllTextAsync(Changing, "more", CancellationToken.None);
                    break;
                case "truncate":
                    await using (var file = new FileStream(Changing, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(letter * 1000);
                    break;
                default:
                    if (File.Exists(Changing)) File.Delete(Changing);
                    else await File.WriteAllTextAsync(Changing, Text(letter), CancellationToken.None);
                    break;
            }
            await Task.Delay(Tick, CancellationToken.None);
        }
    }

    private static string Text(char letter) => new(letter, Size);

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
