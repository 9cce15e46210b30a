namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>A home with a .docker in it, in which tools run. Both tools get the same path, one after the other: it stands in messages.</summary>
internal sealed class Home : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _variables;
    private readonly Bed _bed;

    public Home(Bed bed, string repository)
    {
        _bed = bed;
        _variables = bed.Variables(repository, Folder);
        (_variables["HOME"], _variables["DOCKER_CONFIG"], _variables["DOCKER_AUTH_CONFIG"]) = (Folder, null, null);
        (_variables["DOCKER_CLI_EXPERIMENTAL"], _variables["DOCKER_CLI_HINTS"], _variables["NO_COLOR"]) = ("enabled", "false", "1");
        Clear();
    }

    public string Folder => _folder.At("home");

    public string Store => Path.Combine(Folder, ".docker/manifests");

    public void Clear()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Runs one line of a <see cref="Case"/>.</summary>
    public async Task<Outcome> RunAsync(Tool tool, string line)
    {
        if (line.StartsWith("sh ", StringComparison.Ordinal)) return await ShellAsync(line["sh ".Length..]);
        string[] words = [.. Shell.Split(line).Select(w => Bed.Expand(w, _variables))];
        switch (words[0])
        {
            case "login":
                Login(words[1] == "right" ? "opensesame" : "guess");
                return new Outcome(line, 0, [], "");
            case "point":
                await _bed.PointAsync(words[1], words[2]);
                return new Outcome(line, 0, [], "");
        }
        var settings = words.TakeWhile(w => w.Contains('=') && char.IsAsciiLetterUpper(w[0])).ToList();
        var variables = new Dictionary<string, string?>(_variables);
        foreach (var setting in settings) variables[setting.Split('=')[0]] = setting[(setting.IndexOf('=') + 1)..];
        return await tool.RunAsync(_folder, variables, Complete(words[settings.Count..]));
    }

    /// <summary>The local lists, a line each: folders and files with what is in them.</summary>
    public IReadOnlyList<string> Tree() => !Directory.Exists(Store) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(e => $"{Path.GetRelativePath(Store, e)}{(File.Exists(e) ? $" {File.ReadAllText(e)}" : "/")}"),
    ];

    public void Dispose() => _folder.Dispose();

    public async Task<Outcome> ShellAsync(string script) =>
        (await Command.RunAsync(["/bin/sh", "-ec", script], Folder, _variables)).MustSucceed();

    private static string[] Complete(string[] words) => words switch
    {
        ["docker", .. var rest] => rest,
        [var verb, .. var rest] when verb.EndsWith('!') => ["manifest", verb[..^1], "--insecure", .. rest],
        _ => ["manifest", .. words],
    };

    private void Login(string password)
    {
        var word = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"user:{password}"));
        _folder.With("home/.docker/config.json", $$$$"""{"auths":{"{{{{_bed.Private}}}}":{"auth":"{{{{word}}}}"}}}""");
    }
}
