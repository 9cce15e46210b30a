using System.Diagnostics;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>Trees of files, folders, pipes and links to anywhere: nothing from outside the context is ever copied.</summary>
public sealed class Mutated_contexts : IAsyncDisposable
{
    private const int Count = 800;
    private const string Secret = "what lies outside";

    private static readonly string[] Names = ["a", "b", "c d", "é", "*", "[x]", "-f", "$v", "\\", "'", "\"", "a.txt", ".hidden", "\n", "name that is rather long " + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"];
    private static readonly string[] Targets = ["a", "b", "../a", "..", ".", "/", "/etc", "../outside/secret", "../../outside", "../../../outside/secret", "b/../../../outside", "a/b", "loop", "*"];
    private static readonly string[] Sources = [".", "a", "b", "a/b", "*", "a*", "*/*", "**/a", "a.txt", ".hidden", "[\"c d\"]", "é", "a/../b", "./a/.", "a/b/c/../a"];
    private static readonly string[] Flags = ["", "", "", "--parents ", "--exclude=a ", "--exclude=**/b ", "--chown=1:2 ", "--chmod=700 ", "--link "];

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_copy_holds_what_is_in_the_context_alone()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(TestSeed.Name(0));
        _workspace.File("outside/secret", Secret);
        var built = 0;
        for (var number = 0; number < Count; number++)
        {
            var random = TestSeed.Case(number);
            var root = Path.Combine(_workspace.Root, "context");
            Directory.CreateDirectory(root);
            await FillAsync(root, random, depth: 3);
            var dockerfile = $"FROM scratch\n{(random.Next(3) == 0 ? "ADD" : "COPY")} {(random.Next(2) == 0 ? Flags[random.Next(Flags.Length)] : "")}{Sources[random.Next(Sources.Length)]} /x/\n";
            await using var spool = new BlobSpool(_workspace.Root + "/spool");
            try
            {
                var image = await _workspace.Builder.BuildAsync(_workspace.Request(dockerfile) with { Context = root }, spool, CancellationToken.None);
                foreach (var line in (await Workspace.LayersAsync(image)).SelectMany(l => l))
                    Assert.False(line.Contains("= " + Secret) || line.Contains("root:"), $"{TestSeed.Name(number)}: {dockerfile}{line}");
                built++;
            }
            catch (ViaductException e) when (e.Code.StartsWith("VIA21", StringComparison.Ordinal) && e.Where is { Length: > 0 })
            {
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{TestSeed.Name(number)}: {dockerfile}{e.Message}", e);
            }
            Directory.Delete(root, recursive: true);
        }
        Assert.InRange(built, Count / 10, Count);
    }

    private static async Task FillAsync(string folder, Random random, int depth)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var path = Path.Combine(folder, Names[random.Next(Names.Length)]);
            if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null) continue;
            switch (random.Next(10))
            {
                case < 4:
                    await File.WriteAllTextAsync(path, "inside");
                    break;
                case < 7 when depth > 0:
                    Directory.CreateDirectory(path);
                    await FillAsync(path, random, depth - 1);
                    break;
                case 7 when random.Next(20) == 0:
                    using (var pipe = Process.Start("mkfifo", [path])) await pipe.WaitForExitAsync();
                    break;
                default:
                    File.CreateSymbolicLink(path, Targets[random.Next(Targets.Length)]);
                    break;
            }
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
