using System.Globalization;
using Viaduct.Manifests;
using Viaduct.Reports;

namespace Viaduct.Cli.Docker;

/// <summary>The verbs that ask no registry: <c>rm</c>, <c>remove</c>, <c>ls</c>, <c>prune</c>.</summary>
internal static class StoreRuns
{
    private const int MaxPlatforms = 12;

    public static Task RmAsync(ManifestRun run) => WithRemoverAsync(run, remover => remover.RemoveListsAsync(run.Arguments, run.CancellationToken));

    public static Task RemoveAsync(ManifestRun run) =>
        WithRemoverAsync(run, remover => remover.RemoveImagesAsync(run.Arguments[0], [.. run.Arguments.Skip(1)], run.CancellationToken));

    public static Task PruneAsync(ManifestRun run) => WithRemoverAsync(run, async remover =>
    {
        var dryRun = run.Flags.Is("dry-run");
        foreach (var list in await remover.PruneAsync(run.Flags.Is("all"), run.Flags.Duration("older-than"), dryRun, run.CancellationToken).ConfigureAwait(false))
            run.Line(NameOf(list));
        if (dryRun) run.Note("nothing was removed");
    });

    public static async Task LsAsync(ManifestRun run)
    {
        var lists = await ManifestSession.StoreOf(run).ListAsync(run.CancellationToken).ConfigureAwait(false);
        if (run.IsJson)
        {
            run.Caller.Write(ManifestJson.Listed(lists));
            return;
        }
        var table = new TextTable("LIST", "IMAGES", "PLATFORMS", "CHANGED", "PUSHED");
        foreach (var list in lists)
            table.Add(NameOf(list), list.List?.Entries.Count.ToString(CultureInfo.InvariantCulture) ?? "?", PlatformsOf(list), ManifestJson.Time(list.Changed), PushedOf(list));
        run.Caller.Text.Write(table.Render());
        foreach (var list in lists.Where(l => l.Problem is not null)) run.Note($"{NameOf(list)}: {list.Problem}");
    }

    private static string NameOf(ListedList list) => list.Name?.ToString() ?? list.Folder;

    /// <summary>The beginning of the digest that it was last pushed with.</summary>
    private static string PushedOf(ListedList list) => list.List switch
    {
        { Companion.Pushed: { } digest } known => $"{digest.ToString()[7..19]}{(known.IsAsPushed ? "" : ", changed since")}",
        _ => "no",
    };

    private static string PlatformsOf(ListedList list)
    {
        if (list.List is null) return "?";
        var platforms = list.List.Entries.Select(e => ManifestJson.Platform(e.Image.Descriptor)).ToList();
        return string.Join(", ", platforms.Take(MaxPlatforms)) + (platforms.Count > MaxPlatforms ? ", …" : "");
    }

    private static async Task WithRemoverAsync(ManifestRun run, Func<ListRemover, Task> work)
    {
        await using var session = await ManifestSession.OpenAsync(run, []).ConfigureAwait(false);
        await work(new ListRemover(session.Context)).ConfigureAwait(false);
    }
}
