using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct tags</c>: the tags of a repository.</summary>
internal static class TagsVerb
{
    public static Verb Make(Caller caller)
    {
        var repository = new Argument<string>("REPOSITORY") { Description = "A reference without tag, or oci:DIR for an OCI layout." };
        var registries = new RegistryOptionsGroup();
        var output = CommonOptions.Output();
        var verb = new Verb("tags", "List the tags of a repository.", "viaduct tags registry.example/pause", "viaduct tags oci:out -o json") { repository, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var place = ImagePlace.Parse(parse.GetRequiredValue(repository), caller);
            if (place.Name is not null || place.Reference is { Tag: not null } or { Digest: not null })
                throw CliErrors.Usage($"'{place}' is one image, and a repository is needed", $"Leave its tag out: {place.Shown}");
            await using var session = await CopySession.OpenAsync(place, [], registries, parse, caller, token).ConfigureAwait(false);
            var tags = await ReadAsync(session.From, token).ConfigureAwait(false);
            if (tags.Count == 0) throw CliErrors.NoTags(place.Shown);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(Json.Document(1, json => json.Name("repository").String(place.Shown).Name("tags").Strings(tags)));
            else
                foreach (var tag in tags) caller.Text.WriteLine(Failures.Printable(tag));
            return ExitCode.Done;
        });
    }

    /// <summary>In the order of their bytes: registries have orders of their own, and some have none.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(OpenedPlace place, CancellationToken cancellationToken)
    {
        var tags = place.Content is RepositoryClient repository
            ? await repository.TagsAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false)
            : [.. (await place.EntriesAsync(cancellationToken).ConfigureAwait(false)).Select(e => e.Name).OfType<string>().Distinct()];
        tags.Sort(StringComparer.Ordinal);
        return tags;
    }
}
