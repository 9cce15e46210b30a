using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>BuildKit's build checks of one Dockerfile and platform: what <c>docker build --check</c> says, without an engine.</summary>
public sealed class DockerfileCheck
{
    private readonly BuildRequest _request;
    private readonly CheckedBases _bases;
    private readonly Dockerfile _dockerfile;
    private readonly CheckOptions _options;
    private readonly Violations _violations;
    private readonly StageGraph _graph;
    private readonly IgnoreFile? _ignored;
    private readonly Dictionary<int, StageState> _states = [];

    private DockerfileCheck(BuildRequest request, CheckedBases bases)
    {
        _request = request;
        _bases = bases;
        _dockerfile = DockerfileReader.Read(request.Dockerfile);
        _options = CheckOptions.Of(_dockerfile, request.Args);
        _violations = new Violations(_options);
        _graph = new StageGraph(_dockerfile, request);
        _ignored = _options.Wants(CheckRules.CopyIgnoredFile) ? IgnoreFile.Find(request.Context, request.Dockerfile) : null;
    }

    /// <param name="bases">Asked for the images that FROM names.</param>
    /// <param name="all">Without a target all stages are looked at, as <c>--check</c> does; otherwise those that the build needs.</param>
    /// <exception cref="ViaductException">VIA21xx for what cannot be read, and what <paramref name="bases"/> throws.</exception>
    public static async Task<CheckResult> OfAsync(BuildRequest request, CheckedBases bases, bool all, CancellationToken cancellationToken)
    {
        var check = new DockerfileCheck(request, bases);
        check.CheckWriting();
        foreach (var stage in check._dockerfile.Stages)
            if ((all && request.Target is null) || check._graph.Needed.Contains(stage))
                await check.CheckAsync(stage, cancellationToken).ConfigureAwait(false);
        var target = check._states[check._graph.Target.Index];
        return new CheckResult(check._violations.Found, check._options.IsError, target.AsBase());
    }

    private void CheckWriting()
    {
        var writing = new WritingChecks(_violations);
        foreach (var instruction in (Instruction[])[.. _dockerfile.Globals, .. _dockerfile.Stages.SelectMany(s => (Instruction[])[s.From, .. s.Instructions])]) writing.Check(instruction);
        new FileChecks(_violations).Check(_dockerfile);
        new FromChecks(_dockerfile, _request, _violations).Check();
    }

    private async Task CheckAsync(Stage stage, CancellationToken cancellationToken)
    {
        var place = CheckPlace.Of(stage.From);
        var from = _graph.BaseOf(stage);
        StageState state;
        IReadOnlyList<string> triggers = [];
        if (from.Stage is { } parent)
        {
            state = _states[parent.Index].Child();
            triggers = _states[parent.Index].OnBuild;
        }
        else if (from.Image is { } image)
        {
            var known = await _bases(image, from.Platform, cancellationToken).ConfigureAwait(false);
            if (known.Platform is { } actual && (actual.Os != from.Platform.Os || actual.Architecture != from.Platform.Architecture))
                _violations.Add(CheckRules.InvalidBaseImagePlatform, $"{image} is of {actual}, and {from.Platform} is asked for", place.Position, place.Lines);
            state = StageState.Of(known.Environment, known.HasShell);
            triggers = known.OnBuild;
        }
        else state = StageState.Of([], hasShell: false);

        var checks = new StageChecks(state, from.Platform, new StageVariables(state, _graph.Globals, _graph.Escape, _violations), _violations, _ignored);
        // Of stages that nothing needs BuildKit does not execute them (resolveStages).
        if (_graph.Needed.Contains(stage))
            foreach (var trigger in triggers.Select(t => Triggers.Parse($"ONBUILD of {from.Word}", t))) checks.Check(trigger, place with { Name = trigger.Name });
        foreach (var instruction in stage.Instructions) checks.Check(instruction, CheckPlace.Of(instruction));
        _states[stage.Index] = state;
    }
}
