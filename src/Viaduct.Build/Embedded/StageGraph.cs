using System.Globalization;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Which stages a build needs and what they stand on; the others are read and not executed, as in BuildKit.</summary>
internal sealed class StageGraph
{
    private readonly Dockerfile _dockerfile;
    private readonly BuildRequest _request;
    private readonly Dictionary<int, StageSource> _bases = [];
    private readonly SortedDictionary<int, Stage> _needed = [];
    private readonly List<StageSource> _sources = [];
    private readonly Dictionary<string, Stage> _byName = [];
    private readonly List<Stage> _path = [];
    private readonly List<Stage> _order = [];

    public StageGraph(Dockerfile dockerfile, BuildRequest request)
    {
        _dockerfile = dockerfile;
        _request = request;
        Globals = new GlobalScope(dockerfile, request);
        foreach (var stage in dockerfile.Stages)
            if (stage.From.StageName is { } name) _byName[name] = stage;
        Target = FindTarget();
        Visit(Target, Target.From.Position);
    }

    public GlobalScope Globals { get; }

    public char Escape => _dockerfile.Escape;

    public Stage Target { get; }

    public IReadOnlyCollection<Stage> Needed => _needed.Values;

    /// <summary>The needed stages, each after all that it stands on or copies from; the target is the last.</summary>
    public IReadOnlyList<Stage> Order => _order;

    /// <summary>The images outside the Dockerfile that the needed stages name, each once, in the order in which they are met.</summary>
    public IReadOnlyList<string> Images => [.. _sources.Select(s => s.Image!).Distinct()];

    /// <summary>The same with the platforms that they are wanted for.</summary>
    public IReadOnlyList<(string Image, Platform Platform)> NamedImages => [.. _sources.Select(s => (s.Image!, s.Platform)).Distinct()];

    /// <summary>Every place of the needed stages that names an image.</summary>
    public IReadOnlyList<StageSource> ImageSources => _sources;

    /// <summary>A stage's instructions; before them those that ONBUILD of its base wants there, if that is a stage of this Dockerfile.</summary>
    public IReadOnlyList<Instruction> InstructionsOf(Stage stage) => BaseOf(stage).Stage is { } parent
        ? [.. parent.Instructions.OfType<OnBuildInstruction>().Select(o => o.Trigger), .. stage.Instructions]
        : stage.Instructions;

    /// <summary>The same for a stage that stands on an image.</summary>
    /// <param name="onBuild">The ONBUILD instructions of the image's config.</param>
    /// <exception cref="ViaductException">One of them cannot be executed, or copies from what nobody knew of before the image was there.</exception>
    public IReadOnlyList<Instruction> InstructionsOf(Stage stage, IReadOnlyList<string> onBuild)
    {
        if (onBuild.Count == 0 || BaseOf(stage) is not { Image: { } image } from) return InstructionsOf(stage);
        var triggers = onBuild.Select(o => Triggers.Parse($"ONBUILD of {image}", o)).ToList();
        foreach (var trigger in triggers)
            if (trigger.Foreign is { } feature) throw BuildErrors.Foreign(feature);
            else if (trigger is CopyInstruction { From: { } source }) throw BuildErrors.OnBuild(from.Word, image, source);
        return [.. triggers, .. stage.Instructions];
    }

    /// <summary>What the target stands on in the end: an image, or nothing at all.</summary>
    public StageSource Bottom()
    {
        var source = BaseOf(Target);
        while (source.Stage is { } parent) source = BaseOf(parent);
        return source;
    }

    public StageSource BaseOf(Stage stage)
    {
        if (_bases.TryGetValue(stage.Index, out var known)) return known;
        var word = stage.From.Base;
        var name = Globals.Scope.Expand(word).Text;
        if (name.Length == 0) throw BuildErrors.BadValue(word, $"'{word}' names nothing: no argument gives it a value", "Give the ARG before the first FROM a default, or pass it.");
        var lower = name.ToLowerInvariant();
        var earlier = _dockerfile.Stages.LastOrDefault(s => s.Index < stage.Index && s.From.StageName == lower);
        return _bases[stage.Index] = new StageSource(word, earlier, earlier is null && name != "scratch" ? name : null, PlatformOf(stage));
    }

    /// <summary>What <c>COPY --from</c> names: a stage by name or number, else an image.</summary>
    public StageSource FromOf(Word from)
    {
        if (from.Text.Contains('$')) throw BuildErrors.BadValue(from, "--from takes no variables", "Name a stage whose FROM uses the variable: FROM $IMAGE AS source.");
        if (int.TryParse(from.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return index < _dockerfile.Stages.Count
                ? new StageSource(from, _dockerfile.Stages[index], null, _request.Platform)
                : throw BuildErrors.UnknownStage($"there is no stage {index}", from.Position.ToString(), Titles(), null);
        var stage = _byName.GetValueOrDefault(from.Text.ToLowerInvariant());
        return new StageSource(from, stage, stage is null && from.Text != "scratch" ? from.Text : null, _request.Platform);
    }

    /// <exception cref="ViaductException">A needed stage has an instruction that the embedded builder does not do.</exception>
    public void RequireEmbedded()
    {
        foreach (var instruction in Needed.SelectMany(InstructionsOf))
            if (instruction.Foreign is { } feature) throw BuildErrors.Foreign(feature);
    }

    private Stage FindTarget()
    {
        var stages = _dockerfile.Stages;
        if (_request.Target is not { } target) return stages[^1];
        return _byName.GetValueOrDefault(target.ToLowerInvariant())
            ?? (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < stages.Count ? stages[index] : null)
            ?? throw BuildErrors.UnknownStage($"there is no stage '{target}'", _dockerfile.File, Titles(), Nearest.To(target, Titles()));
    }

    private void Visit(Stage stage, Position from)
    {
        if (_path.Contains(stage))
            throw BuildErrors.StageCycle(from, string.Join(" → ", _path.SkipWhile(s => s != stage).Append(stage).Select(s => s.Title)));
        if (_needed.ContainsKey(stage.Index)) return;
        _path.Add(stage);
        Follow(BaseOf(stage));
        foreach (var instruction in InstructionsOf(stage))
        {
            if (instruction is CopyInstruction { From: { } source }) Follow(FromOf(source));
            if (instruction is OtherInstruction other)
                foreach (var word in other.Froms.Where(w => !w.Text.Contains('$'))) Follow(FromOf(word));
        }
        _path.RemoveAt(_path.Count - 1);
        _needed[stage.Index] = stage;
        _order.Add(stage);
    }

    private void Follow(StageSource source)
    {
        if (source.Stage is { } stage) Visit(stage, source.Word.Position);
        else if (source.Image is not null) _sources.Add(source);
    }

    private Platform PlatformOf(Stage stage)
    {
        if (stage.From.Platform is not { } word) return _request.Platform;
        var text = Globals.Scope.Expand(word).Text;
        return Platform.TryParse(text, out var platform) ? platform
            : throw BuildErrors.BadValue(word, $"'{text}' is not a platform", "Write os/architecture[/variant], for example linux/arm/v7.");
    }

    private IEnumerable<string> Titles() => _dockerfile.Stages.Select(s => s.Title);
}
