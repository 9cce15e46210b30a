using Viaduct.Build;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>The corpus of Dockerfiles in the shapes that are met in the field: read, refused and built as BuildKit 0.25 in Docker Engine 28 does.</summary>
public sealed class Dockerfiles_of_all_kinds(CorpusRuns runs) : IClassFixture<CorpusRuns>
{
    public static TheoryData<string, string> Good() =>
        [.. ((string[])[CorpusFile.Engine, CorpusFile.Embedded]).SelectMany(kind => CorpusFile.Names(kind).Select(name => (kind, name)))];

    public static TheoryData<string> Built() => [.. CorpusFile.Names(CorpusFile.Embedded)];

    public static TheoryData<string, string> Refused() =>
        [.. ((string[])[CorpusFile.Refused, CorpusFile.Stricter]).SelectMany(kind => CorpusFile.Names(kind).Select(name => (kind, name)))];

    public static TheoryData<string, string> Checked() =>
        [.. ((string[])[CorpusFile.Engine, CorpusFile.Embedded, CorpusFile.Checked]).SelectMany(kind => CorpusFile.Names(kind).Select(name => (kind, name)))];

    [Theory]
    [MemberData(nameof(Checked))]
    public async Task Build_checks_object_to_the_same(string kind, string name)
    {
        RealParts.NeedDocker();
        var file = CorpusFile.Of(kind, name);
        var context = await runs.ContextAsync();
        var theirs = Violations.Of((await runs.CheckAsync(file)).Text);
        var ours = await Violations.OfAsync(file.Request(context.Context, context) with { Dockerfile = await runs.CopyAsync(file) }, context);
        Assert.Equal(theirs, ours);
        Assert.True(kind != CorpusFile.Checked || name.StartsWith("directive", StringComparison.Ordinal) || ours.Any(), "nothing is violated");
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Stages_and_arguments_are_the_same(string kind, string name)
    {
        RealParts.NeedDocker();
        var file = CorpusFile.Of(kind, name);
        var context = await runs.ContextAsync();
        var request = file.Request(context.Context, context);
        var dockerfile = DockerfileReader.Read(file.Path);
        // Of the others it is seen in what is built.
        if (kind == CorpusFile.Engine) Assert.Equal(Outline.Stages((await runs.TargetsAsync(file)).MustSucceed().Text), Outline.Stages(dockerfile));

        var graph = new StageGraph(dockerfile, request);
        var theirs = Outline.Arguments((await runs.OutlineAsync(file)).MustSucceed().Text);
        var ours = await Outline.ArgumentsAsync(graph, context);
        // BuildKit lists the global arguments that a needed FROM uses, too.
        ours.UnionWith(theirs.Where(t => t.Split('=', 2) is [var key, var text] && graph.Globals.Scope.Variables.TryGet(key, out var value) && value == text));
        Assert.Equal(theirs, ours);
        Assert.Equal(kind == CorpusFile.Engine, DockerfileFeatures.Of(request).FirstForeign is not null);
    }

    [Theory]
    [MemberData(nameof(Built))]
    public async Task Files_settings_and_history_are_the_same(string name)
    {
        RealParts.NeedDocker();
        var file = CorpusFile.Of(CorpusFile.Embedded, name);
        var context = await runs.ContextAsync();
        await using var spool = new BlobSpool(context.At("spool"));
        var image = await new EmbeddedBuilder().BuildAsync(file.Request(context.Context, context), spool, default);
        var ours = await ImageText.OfAsync(image.Config.ToBytes(), [.. image.Blobs.Skip(1)]);
        var theirs = await ImageText.OfLayoutAsync(await runs.BuildAsync(file));
        Assert.Equal([], [.. theirs.Except(ours).Select(line => "BuildKit " + line), .. ours.Except(theirs).Select(line => "Viaduct  " + line)]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_built_is_refused_with_a_place(string kind, string name)
    {
        RealParts.NeedDocker();
        var file = CorpusFile.Of(kind, name);
        var context = await runs.ContextAsync();
        Assert.Equal(kind == CorpusFile.Refused, await runs.RefusesAsync(file));
        await using var spool = new BlobSpool(context.At("spool"));
        var ours = await Assert.ThrowsAsync<ViaductException>(() => new EmbeddedBuilder().BuildAsync(file.Request(context.Context, context), spool, default));
        Assert.StartsWith("VIA21", ours.Code);
        Assert.Contains(Path.GetFileName(file.Path), ours.Where);
    }
}
