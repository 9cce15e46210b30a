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
        var part = LayerTree.Merge([scan], below: 1, LayerLimits.Default);
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
        var part = LayerTree.Merge([await ScanAsync(lower), await ScanAsync(upper)], below: 3, LayerLimits.Default);
        Assert.NotNull(part.Resolve(path));
        Assert.Equal(doubtful, part.IsDoubtful);
    }

    [Fact]
    public async Task Layers_keep_their_number_and_what_was_seen()
    {
        var part = LayerTree.Merge([await ScanAsync("a=1"), await ScanAsync("b=22 h=>b")], below: 2, LayerLimits.Default);
        Assert.Equal((2, "1"), (part.Find("a")!.LayerIndex, part.Find("a")!.Seen));
        Assert.Equal((3, "22"), (part.Find("h")!.LayerIndex, part.Find("h")!.Seen));
    }

    [Theory]
    [InlineData("Files/App/x.EXE", "files/app/X.exe", "Files/App/x.EXE")]
    [InlineData("Files/App/x Files/app/x", "Files/app/x", "Files/App/x")]
    [InlineData("Files/App/x Files/app/y", "FILES/APP/Y", "Files/app/y")]
    [InlineData("Files/x", "Files/y", null)]
    public async Task Names_of_Windows_have_no_case(string line, string path, string? found)
    {
        var layers = await Task.WhenAll(line.Split(' ').Reverse().Select(ScanAsync));
        Assert.Equal(found, LayerTree.Merge(layers, below: 0, LayerLimits.Default).FindAnyCase(path)?.Path);
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
            return LayerTree.Merge(scans[below..], below, LayerLimits.Default);
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
