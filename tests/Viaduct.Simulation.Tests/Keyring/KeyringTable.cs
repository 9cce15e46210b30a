using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Viaduct.Simulation.Tests;

/// <summary>
/// Rows <c>version | what there is | image | users in order</c>. What there is: <c>secret KEY=USER,…</c>, <c>bare …</c> (a kubernetes.io/dockercfg), <c>opaque …</c>,
/// <c>node …</c> (/var/lib/kubelet/config.json), <c>/path …</c>, <c>home=/…</c>, <c>cwd=/…</c>, <c>root=/…</c>, <c>exec NAME …</c>; instead of logins <c>!TEXT</c> or <c>unreadable</c>.
/// </summary>
internal static class KeyringTable
{
    public static TheoryData<string> Rows(string table)
    {
        var rows = new TheoryData<string>();
        foreach (var line in table.Split('\n'))
            if (line.Trim() is { Length: > 0 } row && row[0] != '#')
                rows.Add(row);
        return rows;
    }

    public static async Task CheckAsync(string row)
    {
        var cells = row.Split(" | ", StringSplitOptions.TrimEntries);
        var lookup = await FindAsync(cells[0], cells[1], cells[2]);
        Assert.Equal(cells[3], Users(lookup));
    }

    public static string Users(CredentialLookup lookup) =>
        lookup.Error is { } error ? (lookup.FailsInPull ? "error in pull: " : "error: ") + error
        : lookup.Offered.Count == 0 ? "-" : string.Join(' ', lookup.Offered.Select(one => one.Login.Username.Length == 0 ? "''" : one.Login.Username));

    public static ValueTask<CredentialLookup> FindAsync(string version, string present, string image)
    {
        var setup = KubeletSetup.Default;
        var secrets = new List<PullSecret>();
        var files = new Dictionary<string, NodeFileText>();
        var providers = new List<CredentialProvider>();
        foreach (var item in present.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = item.IndexOf(' ');
            var (place, what) = space < 0 ? (item, "") : (item[..space], item[(space + 1)..]);
            if (place.StartsWith("home=", StringComparison.Ordinal)) setup = setup with { Home = place[5..] };
            else if (place.StartsWith("cwd=", StringComparison.Ordinal)) setup = setup with { WorkingDirectory = place[4..] };
            else if (place.StartsWith("root=", StringComparison.Ordinal)) setup = setup with { RootDir = place[5..] };
            else if (place == "exec") providers.Add(Provider(what));
            else if (place == "node") files["/var/lib/kubelet/config.json"] = new(Document(what, true), "nodes.yaml:1:1");
            else if (place.Contains('/') || place.Contains('\\')) files[place] = new(what == "unreadable" ? null : Document(what, !place.EndsWith("cfg", StringComparison.Ordinal)), "nodes.yaml:1:1");
            else if (place != "nothing") secrets.Add(Secret(place, what, secrets.Count + 1));
        }
        setup = setup with { Files = files, Providers = providers.Count == 0 ? null : new(providers) };
        var kubernetes = KubernetesVersion.Parse(version);
        var name = Viaduct.Oci.Reference.Parse(image).Name;
        return new NodeKeyring(setup, kubernetes, new SaysCanned()).FindAsync(new("shop", secrets, [], null), name, default);
    }

    private static PullSecret Secret(string place, string what, int number)
    {
        var (type, key) = place switch
        {
            "secret" => ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
            "bare" => ("kubernetes.io/dockercfg", ".dockercfg"),
            "opaque" => ("Opaque", ".dockerconfigjson"),
            "docker-registry" => ("docker-registry", ".dockerconfigjson"),
            "bare-key" => ("kubernetes.io/dockerconfigjson", ".dockercfg"),
            "json-key" => ("kubernetes.io/dockercfg", ".dockerconfigjson"),
            _ => throw new ArgumentException(place),
        };
        var data = Encoding.UTF8.GetBytes(Document(what, type != "kubernetes.io/dockercfg"));
        return new("shop", string.Create(CultureInfo.InvariantCulture, $"s{number}"), type, "app.yaml:1:1") { Data = new Dictionary<string, byte[]> { [key] = data } };
    }

    private static string Document(string what, bool isJson)
    {
        if (what.StartsWith('!')) return what[1..];
        var map = "{" + string.Join(',', Logins(what).Select(one => $"{JsonSerializer.Serialize(one.Key)}:{{\"username\":\"{one.User}\",\"password\":\"hidden-{one.User}\"}}")) + "}";
        return isJson ? $"{{\"auths\":{map}}}" : map;
    }

    private static CredentialProvider Provider(string what)
    {
        var parts = what.Split(' ', 2);
        var answer = "{\"kind\":\"CredentialProviderResponse\",\"apiVersion\":\"credentialprovider.kubelet.k8s.io/v1\",\"cacheKeyType\":\"Image\",\"cacheDuration\":\"0s\",\"auth\":" + Document(parts[1], false) + "}";
        return new(parts[0], ["*", "*.*", "*.*.*"]) { DefaultCacheDuration = TimeSpan.Zero, ApiVersion = "credentialprovider.kubelet.k8s.io/v1", CannedAnswer = answer };
    }

    private static IEnumerable<(string Key, string User)> Logins(string what) =>
        from login in what.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let equal = login.LastIndexOf('=')
        select (login[..equal].Replace("%20", " ", StringComparison.Ordinal), login[(equal + 1)..]);

    private sealed class SaysCanned : IProviderAnswers
    {
        public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => new(new ProviderAnswer(provider.CannedAnswer));
    }
}
