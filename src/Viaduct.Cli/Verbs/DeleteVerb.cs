using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct delete</c>: tags, or manifests with all that points at them.</summary>
internal static class DeleteVerb
{
    public static Verb Make(Caller caller)
    {
        var references = new Argument<string[]>("REF") { Description = "NAME:TAG, or NAME@DIGEST for the manifest with all its tags and what is about it.", Arity = ArgumentArity.OneOrMore };
        var registries = new RegistryOptionsGroup();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask before a manifest is deleted." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and delete nothing." };
        var verb = new Verb("delete", "Delete tags, or manifests with all that points at them.",
            "viaduct delete registry.example/pause:3.9", "viaduct delete registry.example/pause@sha256:… --dry-run") { references, yes, dryRun };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var names = parse.GetRequiredValue(references).Select(Named).ToList();
            await using var embedded = await EmbeddedStore.OpenForAsync(names, registries.Root(parse, caller), caller, token).ConfigureAwait(false);
            using var client = registries.Client(parse, caller);
            // Announced together, so that one token is enough for each registry.
            var repositories = names.Select(n => client.Repository(n, push: true)).ToList();
            foreach (var (repository, name) in repositories.Zip(names))
                if (!await DeleteAsync(repository, name, parse.GetValue(yes), parse.GetValue(dryRun), caller, token).ConfigureAwait(false)) return ExitCode.Failed;
            return ExitCode.Done;
        });
    }

    private static Reference Named(string text) => Reference.Parse(text) is { } name && (name.Tag is not null || name.Digest is not null)
        ? name
        : throw CliErrors.Usage($"'{text}' says neither tag nor digest", "Write NAME:TAG or NAME@DIGEST; nothing is deleted because it is called latest by default.");

    /// <returns>False when whoever was asked did not say yes.</returns>
    private static async Task<bool> DeleteAsync(RepositoryClient repository, Reference name, bool isSure, bool isDry, Caller caller, CancellationToken cancellationToken)
    {
        if (name.Digest is { } digest)
        {
            var plan = await DeletionPlan.LookAsync(repository, digest, cancellationToken).ConfigureAwait(false) ?? throw CliErrors.NotFound(name.ToString());
            if (isDry || !isSure) foreach (var line in plan.Lines(name)) (isDry ? caller.Text : caller.Error).WriteLine(Failures.Printable(line));
            if (isDry) return true;
            if (!isSure && !await AskAsync(name, caller, cancellationToken).ConfigureAwait(false)) return false;
            await plan.DeleteManifestAsync(repository, cancellationToken).ConfigureAwait(false);
            var tags = plan.Tags.Count == 0 ? "" : $", and with it {string.Join(", ", plan.Tags)}";
            caller.Text.WriteLine($"{name.Name}@{digest}: {(plan.IsGone ? "was gone" : "deleted")}{tags}");
            foreach (var left in await plan.DeleteRestAsync(repository, cancellationToken).ConfigureAwait(false)) caller.Error.WriteLine(Failures.Printable($"note: {left}"));
            return true;
        }
        var shown = isDry ? await repository.HeadManifestAsync(name.Tag!, cancellationToken).ConfigureAwait(false) is not null
            : await repository.DeleteAsync(name.Tag!, cancellationToken).ConfigureAwait(false);
        if (!shown) throw CliErrors.NotFound(name.ToString());
        caller.Text.WriteLine($"{name}: {(isDry ? "would be deleted" : "deleted")}");
        return true;
    }

    private static async Task<bool> AskAsync(Reference name, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.InputIsTerminal) throw CliErrors.NotAsked(name.ToString());
        caller.Error.Write("Delete it? [y/N] ");
        var answer = await Task.Run(() => caller.Ask(false), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer?.Trim() is "y" or "Y" or "yes" or "Yes";
    }
}
