using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary>The words of <c>copy</c>.</summary>
internal sealed class CopyOptions
{
    private readonly Argument<string[]> _places = new("SOURCE TARGET")
    {
        Description = "First where it is, then where it goes to: REF, oci:DIR[:NAME] for an OCI layout, oci-archive:FILE[:NAME] for a tar file of one.",
        Arity = new ArgumentArity(2, 1000),
        HelpName = "SOURCE TARGET…",
    };

    private readonly Option<string[]> _tags = new("--tag") { Description = "A tag to set at each target, beside that of TARGET; by default it is SOURCE's.", HelpName = "TAG,…" };
    private readonly Option<string?> _platform = new("--platform") { Description = "Only the image of this platform.", HelpName = "OS/ARCH[/VARIANT]" };
    private readonly Option<bool> _allTags = new("--all-tags") { Description = "All tags; SOURCE and TARGET name repositories." };
    private readonly Option<bool> _noReferrers = new("--no-referrers") { Description = "Leave behind what is about the images: signatures, SBOMs, provenance that are not in the list itself." };
    private readonly Option<bool> _moveTag = new("--move-tag") { Description = "Point tags at it that show something else now." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Look, say what would be done, and change nothing." };
    private readonly Option<string?> _digestFile = new("--digest-file") { Description = "Write the digest to this file, too.", HelpName = "FILE" };
    private readonly Option<string> _output = CommonOptions.Output();

    public RegistryOptionsGroup Registries { get; } = new();

    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_places);
        foreach (var option in new Option[] { _tags, _platform, _allTags, _noReferrers, _moveTag, _dryRun, _digestFile, _output }) verb.Options.Add(option);
        Registries.AddTo(verb);
    }

    public IReadOnlyList<ImagePlace> Places(ParseResult parse, Caller caller) => [.. parse.GetRequiredValue(_places).Select(p => ImagePlace.Parse(p, caller))];

    public IReadOnlyList<string> Tags(ParseResult parse) => Inputs.Tags(parse.GetValue(_tags) ?? [], "--tag");

    public Platform? Platform(ParseResult parse) => parse.GetValue(_platform) is not { } text ? null
        : Inputs.Platforms([text], "--platform") is [var one] ? one
        : throw CliErrors.Usage($"copy takes one platform, and '{text}' is not one", "Name one with --platform, or leave it out for all of them.");

    public bool AllTags(ParseResult parse) => parse.GetValue(_allTags);

    public bool WithReferrers(ParseResult parse) => !parse.GetValue(_noReferrers);

    public bool MoveTag(ParseResult parse) => parse.GetValue(_moveTag);

    public bool DryRun(ParseResult parse) => parse.GetValue(_dryRun);

    public string? DigestFile(ParseResult parse, Caller caller) => DryRun(parse) ? null : CommonOptions.FileToWrite(parse, caller, _digestFile);

    public bool IsJson(ParseResult parse) => CommonOptions.IsJson(parse, _output);

    /// <exception cref="ViaductException">VIA9001.</exception>
    public void Check(ParseResult parse, IReadOnlyList<ImagePlace> places)
    {
        if (!AllTags(parse)) return;
        if (Tags(parse).Count > 0 || parse.GetValue(_platform) is not null || parse.GetValue(_digestFile) is not null)
            throw CliErrors.Usage("--all-tags does not go together with --tag, --platform or --digest-file", "Leave one of them out.");
        foreach (var place in places)
            if (place.Kind == ImagePlaceKind.Archive || place.Name is not null || place.Reference is { Tag: not null } or { Digest: not null })
                throw CliErrors.Usage($"--all-tags takes repositories and layouts, and '{place}' is one image", "Name it without its tag.");
    }
}
