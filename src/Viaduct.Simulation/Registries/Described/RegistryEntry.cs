using System.Globalization;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>One entry of registries.yaml.</summary>
internal static class RegistryEntry
{
    internal static readonly IReadOnlyList<string> Keys =
        ["host", "hosts", "plainHttp", "auth", "realm", "service", "users", "fault", "address", "dns", "names", "status", "tokenStatus", "repositories"];

    internal static readonly IReadOnlyList<string> UserKeys = ["name", "password"];

    internal static readonly IReadOnlyDictionary<string, DescribedAuth> Auths =
        new Dictionary<string, DescribedAuth> { ["none"] = DescribedAuth.None, ["basic"] = DescribedAuth.Basic, ["bearer"] = DescribedAuth.Bearer };

    internal static readonly IReadOnlyDictionary<string, ConnectionFault> Faults = new Dictionary<string, ConnectionFault>
    {
        ["refused"] = ConnectionFault.Refused, ["noSuchHost"] = ConnectionFault.NoSuchHost, ["unknownAuthority"] = ConnectionFault.UnknownAuthority,
        ["otherName"] = ConnectionFault.OtherName, ["timeout"] = ConnectionFault.Other,
    };

    private const int MostUsers = 1000;
    private const int LongestText = 2048;

    public static (IReadOnlyList<(string Host, string Where)> Hosts, DescribedRegistry Registry) Read(YamlMap map)
    {
        map.Only(Keys);
        var hosts = (map.Texts("host") ?? []).Concat(map.Texts("hosts") ?? []).Select(h => (HostOf(h.Text, h.Where), h.Where)).ToList();
        if (hosts.Count == 0) throw RegistriesErrors.BadValue(map.Where("host"), "host", "is missing: a registry has to have one", "Write it as it stands in image names: registry.example, docker.io, 10.0.0.5:5000.");
        var users = UsersOf(map);
        var auth = map.Text("auth") is { } text ? OneOf(Auths, "auth", text, map.Where("auth")) : users.Count > 0 ? DescribedAuth.Bearer : DescribedAuth.None;
        if (auth == DescribedAuth.None && users.Count > 0) throw RegistriesErrors.BadValue(map.Where("users"), "users", "are of no use where 'auth' is none");
        return (hosts, new DescribedRegistry
        {
            Auth = auth,
            Secure = !Truth(map, "plainHttp", false),
            Failure = FailureOf(map),
            Realm = Plain(map, "realm"),
            Service = Plain(map, "service"),
            TokenStatus = Status(map, "tokenStatus"),
            Status = Status(map, "status"),
            Users = users,
            Repositories = RepositoryEntry.All(map, auth, users),
        });
    }

    internal static bool Truth(YamlMap map, string key, bool otherwise) => map.Text(key) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw RegistriesErrors.BadValue(map.Where(key), key, "has to be true or false"),
    };

    internal static int? Status(YamlMap map, string key) => map.Text(key) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and <= 599 => status,
        _ => throw RegistriesErrors.BadValue(map.Where(key), key, "has to be a status from 400 to 599"),
    };

    private static string HostOf(string text, string where) =>
        text == DescribedRegistries.AnyHost ? text
        : text is "index.docker.io" or "registry-1.docker.io" ? Reference.DockerHub
        : ReferenceGrammar.IsRegistry(text) ? text
        : throw RegistriesErrors.BadValue(where, "host", $"is no host: '{YamlErrors.Shown(text)}'", "Write it as it stands in image names, without https:// and without a path.");

    private static List<DescribedUser> UsersOf(YamlMap map)
    {
        if (map.Value("users") is not { IsNull: false } value) return [];
        var items = value.Items ?? throw YamlErrors.WrongKind(value.Where, "users", "a list of users");
        if (items.Count > MostUsers) throw RegistriesErrors.TooMany(value.Where, "users", MostUsers);
        return [.. items.Select(UserOf)];
    }

    private static DescribedUser UserOf(YamlValue item)
    {
        var user = (item.Map ?? throw YamlErrors.WrongKind(item.Where, "a user", "a mapping of name and password")).Only(UserKeys);
        var name = user.Text("name") is { Length: > 0 } text ? text : throw RegistriesErrors.BadValue(user.Where("name"), "name", "is missing: a user has to have one");
        // Its value is in no message.
        var password = user.Text("password") is { Length: > 0 } secret ? secret : throw RegistriesErrors.BadValue(user.Where("password"), "password", "is missing", "Write 'any' where every password is right.");
        return new DescribedUser(name, password == "any" ? null : password);
    }

    private static ConnectionFailure? FailureOf(YamlMap map)
    {
        if (map.Text("fault") is not { } text)
        {
            foreach (var key in (string[])["address", "dns", "names"])
                if (map.Says(key)) throw RegistriesErrors.BadValue(map.Where(key), key, "says more about a 'fault', and there is none");
            return null;
        }
        var fault = OneOf(Faults, "fault", text, map.Where("fault"));
        return new ConnectionFailure(fault, fault switch
        {
            ConnectionFault.Refused => Plain(map, "address"),
            ConnectionFault.NoSuchHost => Plain(map, "dns"),
            ConnectionFault.OtherName => Plain(map, "names") ?? throw RegistriesErrors.BadValue(map.Where("names"), "names", "is missing: the names that the certificate is for"),
            ConnectionFault.Other => $"dial tcp {Plain(map, "address") ?? throw RegistriesErrors.BadValue(map.Where("address"), "address", "is missing: the one that does not answer, with its port")}: i/o timeout",
            _ => null,
        });
    }

    private static T OneOf<T>(IReadOnlyDictionary<string, T> known, string key, string text, string where) =>
        known.TryGetValue(text, out var value) ? value : throw RegistriesErrors.BadValue(where, key, $"has to be {string.Join(", ", known.Keys)}");

    private static string? Plain(YamlMap map, string key) => map.Text(key) switch
    {
        null => null,
        var text when text.Length is > 0 and <= LongestText && !text.Any(char.IsControl) => text,
        _ => throw RegistriesErrors.BadValue(map.Where(key), key, $"has to be 1 to {LongestText} characters that can be shown"),
    };
}
