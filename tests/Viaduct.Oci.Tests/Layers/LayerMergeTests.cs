using System.Text;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Tests.Layers;

public sealed class LayerMergeTests
{
    [Theory]
    // plain merging
    [InlineData("", "", "")]
    [InlineData("a=1 d/ d/b=2", "", "a=1@0 d/ d/b=2@0")]
    [InlineData("a=1", "a=2", "a=2@1")]
    [InlineData("d/ d/a=1", "d/ d/b=2", "d/ d/a=1@0 d/b=2@1")]
    [InlineData("d/a=1", "", "d/ d/a=1@0")]
    [InlineData("", "x/y/z=1", "x/ x/y/ x/y/z=1@1")]
    [InlineData("b=1 a/ a/c=1 a-=1", "", "a/ a/c=1@0 a-=1@0 b=1@0")]
    // types that change
    [InlineData("d/ d/a=1", "d=now", "d=now@1")]
    [InlineData("d=1", "d/ d/a=2", "d/ d/a=2@1")]
    [InlineData("d/ d/a=1", "d->e", "d->e")]
    [InlineData("d->e e/ e/a=1", "d/ d/b=2", "d/ d/b=2@1 e/ e/a=1@0")]
    [InlineData("a=1 a=2", "", "a=2@0")]
    // whiteouts
    [InlineData("a=1 b=1", ".wh.a", "b=1@0")]
    [InlineData("d/ d/a=1 d/b=1", "d/ d/.wh.a", "d/ d/b=1@0")]
    [InlineData("d/ d/a=1", ".wh.d", "")]
    [InlineData("d/ d/a=1", ".wh.d d/ d/b=2", "d/ d/b=2@1")]
    [InlineData("d/ d/a=1", "d/ d/b=2 .wh.d", "d/ d/b=2@1")]
    [InlineData("a=1", ".wh.a a=2", "a=2@1")]
    [InlineData("a=1", "a=2 .wh.a", "a=2@1")]
    [InlineData("", ".wh.a", "")]
    [InlineData("l->d d/ d/a=1", "l/.wh.a", "d/ d/a=1@0 l/")]
    [InlineData("l->d d/ d/a=1", ".wh.l", "d/ d/a=1@0")]
    [InlineData("a=1", "d/.wh.a", "a=1@0 d/")]
    // opaque directories
    [InlineData("d/ d/a=1 d/s/ d/s/x=1", "d/ d/.wh..wh..opq", "d/")]
    [InlineData("d/ d/a=1", "d/ d/.wh..wh..opq d/b=2", "d/ d/b=2@1")]
    [InlineData("d/ d/a=1", "d/ d/b=2 d/.wh..wh..opq", "d/ d/b=2@1")]
    [InlineData("d/ d/a=1", "d/ d/a=2 d/.wh..wh..opq", "d/ d/a=2@1")]
    [InlineData("d/ d/s/ d/s/x=1", "d/s/y=2 d/.wh..wh..opq", "d/ d/s/ d/s/y=2@1")]
    [InlineData("d/ d/s/ d/s/x=1", "d/ d/s/ d/s/y=2 d/.wh..wh..opq", "d/ d/s/ d/s/y=2@1")]
    [InlineData("a=1 d/ d/b=1", ".wh..wh..opq c=2", "c=2@1")]
    [InlineData("a=1", "e/.wh..wh..opq", "a=1@0 e/")]
    // aufs' own files
    [InlineData("a=1", ".wh..wh.aufs .wh..wh.plnk/ .wh..wh.plnk/7.9=x .wh..wh.orph/", "a=1@0")]
    // hard links
    [InlineData("a=1 b=>a", "", "a=1@0 b=1@0")]
    [InlineData("a=1", "b=>a", "a=1@0 b=1@0")]
    [InlineData("a=1", "b=>a .wh.a", "b=1@0")]
    [InlineData("a=1 b=>a", "a=2", "a=2@1 b=1@0")]
    [InlineData("a=1", "b=>a a=2 c=>b", "a=2@1 b=1@0 c=1@0")]
    [InlineData("lib->usr/lib usr/lib/a=1", "b=>lib/a", "b=1@0 lib->usr/lib usr/ usr/lib/ usr/lib/a=1@0")]
    [InlineData("l->x", "m=>l", "l->x m->x")]
    // parents that are links: those of a lower layer are hidden, those of the layer itself followed
    [InlineData("usr/ usr/lib/ lib->usr/lib", "lib/a=1", "lib/ lib/a=1@1 usr/ usr/lib/")]
    [InlineData("lib->/usr/lib", "lib/a=1", "lib/ lib/a=1@1")]
    [InlineData("l->../../../etc", "l/passwd=1", "l/ l/passwd=1@1")]
    [InlineData("a=1", "a/b=2", "a/ a/b=2@1")]
    [InlineData("a=1 l->a", "l/b=2", "a=1@0 l/ l/b=2@1")]
    [InlineData("", "usr/ usr/lib/ lib->usr/lib lib/a=1", "lib->usr/lib usr/ usr/lib/ usr/lib/a=1@1")]
    [InlineData("", "usr/ usr/lib/ lib->/usr/lib lib/a=1", "lib->/usr/lib usr/ usr/lib/ usr/lib/a=1@1")]
    [InlineData("usr/ usr/lib/ usr/lib/b=1", "lib->usr/lib lib/a=1", "lib->usr/lib usr/ usr/lib/ usr/lib/a=1@1 usr/lib/b=1@0")]
    [InlineData("", "etc2/ l->../../../etc2 l/passwd=1", "etc2/ etc2/passwd=1@1 l->../../../etc2")]
    [InlineData("d/ l->d", "l/../../../a=1", null)]
    // what no engine unpacks
    [InlineData("", "a=1 a/b=2", null)]
    [InlineData("", "a=1 l->a l/b=2", null)]
    [InlineData("", "b=>a", null)]
    [InlineData("a=1", "a=>a", null)]
    [InlineData("d/", "b=>d", null)]
    [InlineData("", "b=>a a=1", null)]
    [InlineData("", ".wh.", null)]
    [InlineData("", "d/.wh...", null)]
    [InlineData("", "d/.wh..", null)]
    public async Task Layers_merge_as_engines_merge_them(string lower, string upper, string? merged)
    {
        Blob[] layers;
        try
        {
            layers = [await TestArchive.LayerAsync(lower), await TestArchive.LayerAsync(upper)];
        }
        catch (ViaductException e) when (e.Code == "VIA1025" && merged is null)
        {
            return; // such a layer cannot even be written
        }
        if (merged is null)
        {
            var error = await Assert.ThrowsAsync<ViaductException>(() => RootFileSystem.LoadAsync(layers, default));
            Assert.Equal("VIA1024", error.Code);
            Assert.Equal($"layer {layers[1].Descriptor.Digest}", error.Where);
            return;
        }
        var files = await RootFileSystem.LoadAsync(layers, default);
        var found = new List<string>();
        foreach (var file in files.Walk("")) found.Add(await DescribeAsync(files, file));
        Assert.Equal(merged, string.Join(' ', found));
    }

    private static async Task<string> DescribeAsync(RootFileSystem files, FileNode file)
    {
        Assert.Equal(file.Path, file.Entry.Path);
        if (file.Entry.Kind == TarEntryKind.Directory) return file.Path + "/";
        if (file.Entry.Kind == TarEntryKind.SymbolicLink) return $"{file.Path}->{file.Entry.LinkTarget}";
        await using var stream = await files.OpenAsync(file, default);
        return $"{file.Path}={await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync()}@{file.LayerIndex}";
    }
}
