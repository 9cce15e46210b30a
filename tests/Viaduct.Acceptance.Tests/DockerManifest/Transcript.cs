using System.Text.RegularExpressions;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>What came of a case: what each line said, and what was there in the end.</summary>
internal sealed partial record Transcript(IReadOnlyList<Outcome> Said, IReadOnlyList<string> Store, IReadOnlyList<string> Pushed)
{
    public static async Task<Transcript> RunAsync(Bed bed, Home home, Tool tool, Case of)
    {
        home.Clear();
        bed.Forget(of.Repository);
        var said = new List<Outcome>();
        foreach (var line in of.Lines.Split(" ; ")) said.Add(await home.RunAsync(tool, line));
        return new Transcript(said, home.Tree(), bed.Pushed(of.Repository));
    }

    public Aspects DifferencesFrom(Transcript docker) =>
        Of(Aspects.Output, docker, t => t.Said.Select(o => o.Text))
        | Of(Aspects.Error, docker, t => t.Said.Select(o => DockersOwn(o.Error)))
        | Of(Aspects.Exit, docker, t => t.Said.Select(o => $"{o.Exit}"))
        | Of(Aspects.Store, docker, t => t.Store)
        | Of(Aspects.Pushed, docker, t => t.Pushed);

    /// <summary>As docker's before 23 keep their lists.</summary>
    public Transcript WithoutRaw() => this with { Store = [.. Store.Select(WithoutRaw)] };

    public static string WithoutRaw(string file) => Raw().Replace(file, "");

    /// <summary>For the eyes of whoever has to find out why two are not the same.</summary>
    public override string ToString() => string.Join('\n',
        [.. Said.Select(o => $"$ {o.Line}\n{o.Text}{(o.Error.Length > 0 ? $"[stderr] {o.Error}" : "")}[exit {o.Exit}]"), "[store]", .. Store, "[pushed]", .. Pushed]);

    /// <summary>Standard error without the lines in which Viaduct says what docker does not.</summary>
    private static string DockersOwn(string error) => string.Concat(error.Split('\n').Where(l => !l.StartsWith("viaduct: ", StringComparison.Ordinal)).Select(l => l + "\n"));

    private Aspects Of(Aspects aspect, Transcript docker, Func<Transcript, IEnumerable<string>> part) =>
        part(this).SequenceEqual(part(docker)) ? Aspects.None : aspect;

    [GeneratedRegex("\"Raw\":\"[^\"]*\",")]
    private static partial Regex Raw();
}
