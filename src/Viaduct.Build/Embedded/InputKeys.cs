using Viaduct.Build.Attesting;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;
using Viaduct.Oci.Compression;

namespace Viaduct.Build;

/// <summary>
/// Computes input keys without opening a base image: a base stands in the key by its own key, and so does all that its environment could decide.
/// </summary>
internal sealed class InputKeys(StageGraph graph, BuildRequest request, BuildContext context, ContentHashes hashes)
{
    /// <summary>Changes when the same inputs begin to make other bytes for a reason that is not among them.</summary>
    private const string Format = "viaduct embedded builder 2";

    private readonly Dictionary<int, (Digest Key, IReadOnlyList<string> Environment, bool Open)> _stages = [];
    private string? _wholeContext;

    public async Task<Digest> OfTargetAsync(CancellationToken cancellationToken)
    {
        using var hash = new KeyHash();
        hash.Add(Format).Add(request.Form.Compressor == Compressor.Zstd ? PinnedZstd.Identity : PinnedGzip.Identity).Add(request.Epoch);
        if (request.Form.Kind == ManifestKind.Docker) hash.Add("docker");
        AddPlatform(hash, request.Platform);
        hash.AddAll([.. request.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).SelectMany(l => (string[])[l.Key, l.Value])]);
        BuildParameters.AddTo(hash, request);
        if (request.Prepared is { } prepared) hash.Add("prepared").Add(prepared.Key.ToString());
        foreach (var stage in graph.Order) await AddStageAsync(stage, cancellationToken).ConfigureAwait(false);
        hash.Add(_stages[graph.Target.Index].Key.ToString());
        return hash.Finish();
    }

    private async Task AddStageAsync(Stage stage, CancellationToken cancellationToken)
    {
        using var hash = new KeyHash();
        var from = graph.BaseOf(stage);
        IReadOnlyList<string> environment = [DefaultPath.Variable];
        var open = false;
        var instructions = graph.InstructionsOf(stage);
        if (from.Stage is { } parent)
        {
            (var key, environment, open) = _stages[parent.Index];
            hash.Add("stage").Add(key.ToString());
        }
        else if (from.Image is { } image)
        {
            environment = [];
            open = true;
            hash.Add("image").Add(await request.Bases.KeyAsync(image, from.Platform, cancellationToken).ConfigureAwait(false));
            AddPlatform(hash, from.Platform);
            instructions = graph.InstructionsOf(stage, await request.Bases.OnBuildAsync(image, from.Platform, cancellationToken).ConfigureAwait(false));
        }
        else hash.Add("scratch");

        var steps = StageSteps.Of(instructions, graph, environment, open);
        hash.Add(steps.Count);
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AddAsync(hash, step, cancellationToken).ConfigureAwait(false);
        }
        _stages[stage.Index] = (hash.Finish(), EnvironmentVariables.After(environment, steps), open);
    }

    private async Task AddAsync(KeyHash hash, Step step, CancellationToken cancellationToken)
    {
        hash.Add(step.Instruction.Name).AddAll([.. step.Words.Select(w => w.Key)]).Add(step.Chown?.Key).Add(step.Chmod?.Key);
        if (step.Instruction is CommandInstruction command) hash.Add(command.Shell ? 1 : 0);
        if (step.Instruction is not CopyInstruction copy) return;

        AddForms(hash, copy, step);
        // The checksum stands for what the address gives.
        if (step.Checksum is not null) return;
        if (copy.From is { } word)
        {
            var from = graph.FromOf(word);
            if (from.Stage is { } stage) hash.Add("stage").Add(_stages[stage.Index].Key.ToString());
            else if (from.Image is { } image) hash.Add("image").Add(await request.Bases.KeyAsync(image, from.Platform, cancellationToken).ConfigureAwait(false));
            else hash.Add("scratch");
            return;
        }
        foreach (var source in step.Words.SkipLast(1))
        {
            if (!source.Certain || step.Excludes.Any(e => !e.Certain))
            {
                hash.Add("context").Add(_wholeContext ??= await HashAsync(context.Tree.Root, cancellationToken).ConfigureAwait(false));
                continue;
            }
            if (IsPrepared(source))
            {
                hash.Add("prepared").Add(source.Text);
                continue;
            }
            var found = CopyViews.Of(copy, step, source, context.Resolve);
            hash.Add(found.Count);
            foreach (var match in found)
            {
                hash.Add(match.Path);
                await AddAsync(hash, "", match.Node, cancellationToken).ConfigureAwait(false);
                foreach (var (path, node) in match.Node.Below()) await AddAsync(hash, path, node, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a source is nothing but what commands make: it is not looked for, since it may not be there yet.</summary>
    private bool IsPrepared(Expanded source)
    {
        var path = SlashPath.Clean(source.Text.TrimStart('/'));
        return request.Prepared?.Concerns(path) == true && context.Tree.Find(path) is null;
    }

    /// <summary>What stands here only for those who use it: the keys of all others stay as they were.</summary>
    private static void AddForms(KeyHash hash, CopyInstruction copy, Step step)
    {
        if (step.Excludes.Count > 0) hash.Add("exclude").AddAll([.. step.Excludes.Select(e => e.Key)]);
        if (copy.Parents) hash.Add("parents");
        if (copy.Unpack) hash.Add("unpack");
        if (step.Checksum is { } checksum) hash.Add("checksum").Add(checksum.Key).Add(copy.UnpackFetched ? 1 : 0);
        if (step.Documents.Count > 0) hash.Add("heredocs").AddAll([.. step.Documents.SelectMany(d => (string[])[d.Name, d.Text.Key])]);
    }

    private async Task<string> HashAsync(TreeNode folder, CancellationToken cancellationToken)
    {
        using var hash = new KeyHash();
        foreach (var (path, node) in folder.Below()) await AddAsync(hash, path, node, cancellationToken).ConfigureAwait(false);
        return hash.Finish().ToString();
    }

    private async Task AddAsync(KeyHash hash, string path, TreeNode node, CancellationToken cancellationToken)
    {
        hash.Add(path).Add(node.Entry.Kind.ToString()).Add(node.Entry.Mode).Add(node.Entry.LinkTarget);
        if (node.Content is ContextFile file) hash.Add((await hashes.OfAsync(file, cancellationToken).ConfigureAwait(false)).ToString());
        else hash.Add(null);
    }

    private static void AddPlatform(KeyHash hash, Platform platform)
    {
        hash.Add(platform.Os).Add(platform.Architecture).Add(platform.Variant).Add(platform.OsVersion).AddAll([.. platform.OsFeatures]);
    }
}
