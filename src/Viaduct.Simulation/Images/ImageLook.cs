using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>What is asked of one image: which program it starts, and when asked for, what else is in it.</summary>
internal sealed class ImageLook(ImageConfig config, PullOptions options)
{
    /// <summary>The words of the command line; Kubernetes' command drops the image's CMD with its ENTRYPOINT.</summary>
    private readonly IReadOnlyList<string> _words =
        options.Command is { Count: > 0 } command ? command : [.. config.Container.Entrypoint, .. config.Container.Cmd];

    /// <summary>What CreateProcess takes, in characters (Win32); Linux refuses paths of an eighth of it.</summary>
    private const int MaxWord = 32767;

    private readonly HashSet<string> _examined = [];

    private bool StartsNothing => _words is not [{ Length: > 0 }, ..];

    /// <summary>Names the image and what is asked of it.</summary>
    public Digest KeyFor(Digest manifest) => ImageRecord.Key(manifest, _words, options.Deep);

    public async Task<ImageContents> AtAsync(LayerStack layers, CancellationToken cancellationToken) =>
        // Where nothing is started nothing decides early; all layers are read, as a node reads them.
        options.Deep || StartsNothing
            ? Look(await layers.AllAsync(cancellationToken).ConfigureAwait(false))
            : await layers.DecideAsync(Look, cancellationToken).ConfigureAwait(false);

    private ImageContents Look(LayerTree files)
    {
        _examined.Clear();
        var contents = new ImageContents { Config = config };
        if (StartsNothing)
            contents = With(contents, new(FindingKinds.NothingToStart, Verdict.Warning, "it has neither entrypoint nor command: a pod that gives no command ends in CreateContainerError"));
        else if (_words[0].Length > MaxWord)
            throw new UndecidedException($"the word that it starts is longer than {MaxWord} characters");
        else
            contents = contents with { Program = config.Platform.Os == "windows" ? FollowWindows(files) : Follow(files) };
        return options.Deep && ForeignBinaries.Find(files, config.Platform, _examined) is { } foreign ? With(contents, foreign) : contents;
    }

    private StartedProgram Follow(LayerTree files)
    {
        var program = new ProgramTrace(files, config.Container, _examined).Follow(_words[0]);
        return ShellLine.Program(_words) is { } path
            ? program with { Behind = new ProgramTrace(files, config.Container, _examined, byShell: true).Follow(path) }
            : program;
    }

    private StartedProgram FollowWindows(LayerTree files) => new WindowsTrace(files, config.Container, _examined).Follow(_words[0]);

    private static ImageContents With(ImageContents contents, Finding finding) => contents with { Findings = [.. contents.Findings, finding] };
}
