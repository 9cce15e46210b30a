namespace Viaduct.Build.Dockerfiles;

/// <summary>The rules about a stage's instructions in their order (BuildKit, dockerfile2llb/convert.go, dispatch).</summary>
/// <param name="ignored">Null where nothing is left out.</param>
internal sealed class StageChecks(StageState state, Oci.Platform platform, StageVariables variables, Violations violations, IgnoreFile? ignored)
{
    private readonly Dictionary<string, CheckPlace> _last = [];

    public void Check(Instruction instruction, CheckPlace place)
    {
        switch (instruction)
        {
            case ArgInstruction arg:
                foreach (var (name, value) in arg.Args)
                {
                    CheckSecret("ARG", name, place);
                    variables.Declare(name, value, place);
                }
                break;
            case PairsInstruction pairs:
                CheckPairs(pairs, place);
                break;
            case CopyInstruction copy:
                CheckCopy(copy, place);
                break;
            case TextInstruction text:
                var expanded = variables.Expand(text.Text, place);
                if (text.Name == "WORKDIR") CheckWorkdir(expanded, place);
                break;
            case VolumeInstruction volume:
                foreach (var path in volume.Paths) variables.Expand(path, place);
                break;
            case OtherInstruction other:
                foreach (var mount in other.MountValues) variables.Expand(mount, place);
                break;
            case ExposeInstruction expose:
                foreach (var port in expose.Ports.SelectMany(variables.ExpandWords)) CheckPort(port, place);
                break;
            case CommandInstruction command:
                CheckCommand(command, place);
                break;
            case HealthcheckInstruction:
                CheckOnce(place);
                break;
            case OnBuildInstruction onBuild:
                state.OnBuild.Add(onBuild.Expression);
                break;
        }
    }

    private void CheckPairs(PairsInstruction pairs, CheckPlace place)
    {
        // All of one line see the variables from before the line.
        var expanded = pairs.Pairs.Select(p => (Key: variables.Expand(p.Key, place), Value: variables.Expand(p.Value, place))).ToList();
        foreach (var (key, value) in expanded)
        {
            if (pairs.IsLegacy) Add(CheckRules.LegacyKeyValueFormat, $"{pairs.Name} has a blank between name and value", place);
            if (pairs.Name != "ENV") continue;
            CheckSecret("ENV", key, place);
            state.Variables[key] = state.Environment[key] = value;
        }
    }

    private void CheckCopy(CopyInstruction copy, CheckPlace place)
    {
        foreach (var flag in (Word?[])[copy.Chown, copy.Chmod, copy.Checksum])
            if (flag is { } word) variables.Expand(word, place);
        var sources = copy.Sources.Select(s => variables.Expand(s, place)).ToList();
        variables.Expand(copy.Destination, place);
        foreach (var heredoc in copy.Heredocs.Where(h => h.Expand)) variables.ExpandBody(heredoc, place);
        if (copy.From is not null || ignored is null) return;
        foreach (var source in sources)
            if (!(copy.Name == "ADD" && Addresses.Is(source)) && ignored.Names(source))
                Add(CheckRules.CopyIgnoredFile, $".dockerignore leaves '{source}' out, which {copy.Name} copies", place);
    }

    /// <summary>Only the first of a file counts: it puts right all that follow.</summary>
    private void CheckWorkdir(string path, CheckPlace place)
    {
        if (!state.HasWorkdir && !IsAbsolute(path)) Add(CheckRules.WorkdirRelativePath, $"where '{path}' is depends on the base", place);
        state.HasWorkdir = true;
    }

    private bool IsAbsolute(string path) => path.StartsWith('/')
        || (platform.Os == "windows" && (path.StartsWith('\\') || path is [_, ':', '\\' or '/', ..]));

    private void CheckPort(string port, CheckPlace place)
    {
        var container = port[(port.LastIndexOf(':') + 1)..];
        if (container.IndexOf('/') is >= 0 and var slash && !Casing.IsLower(container[slash..])) Add(CheckRules.ExposeProtoCasing, $"'{port}' has upper-case letters", place);
        if (port.TrimStart(':').Contains(':')) Add(CheckRules.ExposeInvalidFormat, $"'{port}' names an address or a port of the host", place);
    }

    private void CheckCommand(CommandInstruction command, CheckPlace place)
    {
        if (command.Name == "SHELL") state.HasShell = true;
        if (command.Name is not ("CMD" or "ENTRYPOINT")) return;
        CheckOnce(place);
        if (command.Shell && !state.HasShell) Add(CheckRules.JSONArgsRecommended, $"{command.Name} runs in a shell, which passes no signals on", place);
    }

    /// <summary>What is named is the one before, which counts for nothing.</summary>
    private void CheckOnce(CheckPlace place)
    {
        if (_last.TryGetValue(place.Name, out var before)) Add(CheckRules.MultipleInstructionsDisallowed, $"a later {place.Name} of the stage takes its place", before);
        _last[place.Name] = place;
    }

    private void CheckSecret(string instruction, string name, CheckPlace place)
    {
        if (SecretNames.Is(name)) Add(CheckRules.SecretsUsedInArgOrEnv, $"{instruction} {name} sounds like a secret", place);
    }

    private void Add(CheckRule rule, string message, CheckPlace place) => violations.Add(rule, message, place.Position, place.Lines);
}
