using CsCheck;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

/// <summary>What the uppermost layers decide, and that no lower one changes it.</summary>
public sealed class LayerTreeTests
{
    [Theory]
    [InlineData("a=1", "a", false)]
    [InlineData("a=1", "b", true)]
    [InlineData("d/ d/a=1", "d/a", false)]
    [InlineData("d/ d/a=1", "d/b", true)]
    // No entry describes the directory.
    [InlineData("d/a=1", "d/a", true)]
    [InlineData("d/a=1 d/", "d/a", false)]
    [InlineData("a=1", "a/b", false)]
    [InlineData("l->a a=1", "l", false)]
    [InlineData("l->d/a d/ d/a=1", "l", false)]
    [InlineData("l->d/a", "l", true)]
    [InlineData("l->/d/../a a=1 d/", "l", false)]
    [InlineData("l->/d/../a a=1", "l", true)]
    [InlineData("a=1 h=>a", "h", false)]
    [InlineData("h=>a", "h", true)]
    [InlineData(".wh.a", "a", true)]
    public async Task What_an_upper_layer_says_itself_is_certain(string layer, string path, bool doubtful)
    {
        var scan = await ScanAsync(layer);
        var part = LayerTree.Merge([scan], below: 1, LayerLimits.Default, default);
        part.Resolve(path);
        Assert.Equal(doubtful, part.IsDoubtful);
        if (Merge([scan], below: 0) is not { } whole) return;
        whole.Resolve(path);
        Assert.False(whole.IsDoubtful);
    }

    [Theory]
    [InlineData("d/ d/a=1", "d/ d/b=2", "d/b", false)]
    [InlineData("d/ d/a=1", "d/b=2", "d/b", false)]
    [InlineData("d/a=1", "d/b=2", "d/a", true)]
    [InlineData("d->e e/ e/a=1", "b=2", "d/a", false)]
    public async Task Several_layers_decide_together(string lower, string upper, string path, bool doubtful)
    {
        var part = LayerTree.Merge([await ScanAsync(lower), await ScanAsync(upper)], below: 3, LayerLimits.Default, default);
        Assert.NotNull(part.Resolve(path));
        Assert.Equal(doubtful, part.IsDoubtful);
    }

    [Fact]
    public async Task Layers_keep_their_number_and_what_was_seen()
    {
        var part = LayerTree.Merge([await ScanAsync("a=1"), await ScanAsync("b=22 h=>b")], below: 2, LayerLimits.Default, default);
        Assert.Equal((2, "1"), (part.Find("a")!.LayerIndex, part.Find("a")!.Seen));
        Assert.Equal((3, "22"), (part.Find("h")!.LayerIndex, part.Find("h")!.Seen));
    }

    [Theory]
    [InlineData("Files/App/x.EXE", "files/app/X.exe", "Files/App/x.EXE")]
    [InlineData("Files/App/x Files/app/x", "Files/app/x", "Files/App/x")]
    [InlineData("Files/App/x Files/app/y", "FILES/APP/Y", "Files/app/y")]
    [InlineData("Files/x", "Files/y", null)]
    // A link is not followed, and is the answer wherever it stands.
    [InlineData("Files/Tools->/real", "files/tools", "Files/Tools")]
    [InlineData("Files/Tools->/real", "files/tools/bin/x", "Files/Tools")]
    [InlineData("Files/tools/x Files/Tools->/real", "files/tools/x", "Files/tools/x")]
    [InlineData("Files/Tools->/real Files/tools/x", "files/tools/x", "Files/Tools")]
    public async Task Names_of_Windows_have_no_case(string line, string path, string? found)
    {
        var layers = await Task.WhenAll(line.Split(' ').Reverse().Select(ScanAsync));
        Assert.Equal(found, LayerTree.Merge(layers, below: 0, LayerLimits.Default, default).FindAnyCase(path)?.Path);
    }

    [Theory]
    [InlineData("a=1", "/a", "a")]
    [InlineData("a=1", "x/./y", "x/y")]
    [InlineData("a=1", "a/b", "a/b")]
    [InlineData("a=1", "/", "")]
    [InlineData("l->/proc/self", "l/exe", "proc/self/exe")]
    [InlineData("l->../../d/x d/", "/l", "d/x")]
    public async Task A_path_leads_somewhere_also_where_nothing_is(string layer, string path, string real) =>
        Assert.Equal(real, LayerTree.Merge([await ScanAsync(layer)], below: 0, LayerLimits.Default, default).RealPath(path));

    [Theory]
    [InlineData("a/b/c/x=1 a/b/c/y=1 a/b/c/z=1", 10)]
    [InlineData("l->////////a a/ l/x=1", 10)]
    public async Task Merging_takes_so_many_steps_and_no_more(string layer, int steps)
    {
        var scan = await ScanAsync(layer);
        Assert.Equal("VIA1021", Assert.Throws<ViaductException>(() => LayerTree.Merge([scan], below: 0, new() { MaxSteps = steps }, default)).Code);
        Assert.InRange(LayerTree.Merge([scan], below: 0, new() { MaxSteps = 2 * steps }, default).Steps, steps + 1, 2 * steps);
    }

    [Fact]
    public async Task Asking_takes_steps_too()
    {
        var tree = LayerTree.Merge([await ScanAsync("l->////////a a=1")], below: 0, new() { MaxSteps = 100 }, default);
        Assert.Equal("VIA1021", Assert.Throws<ViaductException>(() => Enumerable.Range(0, 100).Select(_ => tree.Resolve("l")).ToList()).Code);
    }

    /// <summary>Else a PATH of a thousand folders looks through a large one thousands of times.</summary>
    [Fact]
    public async Task A_large_folder_is_not_looked_through_for_each_name()
    {
        var tree = LayerTree.Merge([await ScanAsync(string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"Files/f{i}=1")))], below: 0, LayerLimits.Default, default);
        var before = tree.Steps;
        for (var i = 0; i < 1000; i++) Assert.NotNull(tree.FindAnyCase($"files/F{i}"));
        Assert.InRange(tree.Steps - before, 1000, 5000);
    }

    [Fact]
    public async Task What_is_cancelled_ends()
    {
        var scan = await ScanAsync("a=1");
        using var cancel = new CancellationTokenSource();
        var tree = LayerTree.Merge([scan], below: 0, LayerLimits.Default, cancel.Token);
        await cancel.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => LayerTree.Merge([scan], below: 0, LayerLimits.Default, cancel.Token));
        Assert.Throws<OperationCanceledException>(() => tree.Resolve("a"));
        Assert.Throws<OperationCanceledException>(() => tree.FindAnyCase("A"));
        Assert.Throws<OperationCanceledException>(() => tree.Walk().ToList());
    }

    /// <summary>Random layers of few names, so that links, files and directories meet; every certain answer of a part is that of the whole.</summary>
    [Fact]
    public void No_lower_layer_changes_a_certain_answer()
    {
        var name = Gen.Int[0, 2].Select(i => "abc"[i].ToString());
        var path = name.Array[1, 3].Select(parts => string.Join('/', parts));
        var word = Gen.Select(Gen.Int[0, 9], path, path, (kind, at, to) => kind switch
        {
            < 3 => at + "/",
            < 6 => $"{at}={to}",
            6 => $"{at}->{to}",
            7 => $"{at}->/{to}",
            8 => at.Contains('/') ? at[..(at.LastIndexOf('/') + 1)] + ".wh." + at[(at.LastIndexOf('/') + 1)..] : ".wh." + at,
            _ => $"{at}=>{to}",
        });
        var layers = word.Array[0, 6].Select(words => string.Join(' ', words)).Array[2, 4];
        var certain = 0;
        Gen.Select(layers, path.Array[5]).Sample(
            (lines, paths) =>
            {
                var scans = lines.Select(l => ScanAsync(l).GetAwaiter().GetResult()).ToList();
                if (Merge(scans, 0) is null) return;
                for (var below = 1; below < scans.Count; below++)
                {
                    foreach (var asked in paths)
                    {
                        if (Merge(scans, below) is not { } part) continue;
                        var found = Ask(part, asked);
                        if (part.IsDoubtful) continue;
                        Interlocked.Increment(ref certain);
                        Assert.Equal(Ask(Merge(scans, 0)!, asked), found);
                    }
                }
            },
            iter: 5_000);
        Assert.True(certain > 200, $"only {certain} answers were certain");
    }

    private static string Ask(LayerTree tree, string path)
    {
        try
        {
            return tree.Resolve(path) is { } file ? $"{file.Entry.Kind} {file.Path} {file.LayerIndex} {file.Seen}" : "nothing";
        }
        catch (ViaductException e)
        {
            return e.Code;
        }
    }

    /// <summary>Null where no engine could unpack the layers, or links go in circles.</summary>
    private static LayerTree? Merge(List<LayerScan> scans, int below)
    {
        try
        {
            return LayerTree.Merge(scans[below..], below, LayerLimits.Default, default);
        }
        catch (ViaductException)
        {
            return null;
        }
    }

    private static async Task<LayerScan> ScanAsync(string layer) => await LayerScan.ReadAsync(
        await TestArchive.LayerAsync(layer), LayerLimits.Default,
        async (_, content, ct) => new Sighting(await new StreamReader(content).ReadToEndAsync(ct), 10), default);
}
