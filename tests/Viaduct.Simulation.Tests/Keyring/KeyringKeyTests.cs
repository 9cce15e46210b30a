namespace Viaduct.Simulation.Tests;

/// <summary>Which keys stand for which images.</summary>
public sealed class KeyringKeyTests
{
    public static TheoryData<string> Normalized => KeyringTable.Rows("""
        # pkg/credentialprovider/keyring.go, BasicDockerKeyring.Add
        1.35 | node r.io=a                  | r.io/team/app | a
        1.35 | node https://r.io=a          | r.io/team/app | a
        1.35 | node http://r.io=a           | r.io/team/app | a
        1.35 | node http://r.io/=a          | r.io/team/app | a
        1.35 | node https://r.io/v1/=a      | r.io/team/app | a
        1.35 | node https://r.io/v2/=a      | r.io/team/app | a
        1.35 | node r.io/v1/=a              | r.io/team/app | a
        1.35 | node https://r.io/v2=a       | r.io/team/app | -
        1.35 | node https://r.io/v1=a       | r.io/team/app | -
        1.35 | node https://r.io/v2=a       | r.io/v2/app   | a
        1.35 | node https://r.io/v2/team=a  | r.io/team/app | a
        1.35 | node https://r.io/v1/team=a  | r.io/team/app | a
        1.35 | node https://r.io/v2//=a     | r.io/team/app | -
        1.35 | node https://r.io/v3/=a      | r.io/team/app | -
        1.35 | node r.io/team=a             | r.io/team/app | a
        1.35 | node r.io/te=a               | r.io/team/app | a
        1.35 | node r.io/team/=a            | r.io/team/app | a
        1.35 | node r.io/team/=a            | r.io/team     | -
        1.35 | node r.io/team/app=a         | r.io/team/app | a
        1.35 | node r.io/team/app/x=a       | r.io/team/app | -
        1.35 | node r.io/Team=a             | r.io/team/app | -
        1.35 | node r.io/team=a             | r.io/team/app:1.2 | a
        1.35 | node r.io/team/app:1.2=a     | r.io/team/app:1.2 | -
        1.35 | node R.io=a                  | r.io/team/app | -
        1.35 | node HTTPS://r.io=a          | r.io/team/app | -
        1.35 | node ftp://r.io=a            | r.io/team/app | -
        1.35 | node user@r.io=a             | r.io/team/app | a
        1.35 | node user:pw@r.io/team=a     | r.io/team/app | a
        1.35 | node r.io?x=a                | r.io/team/app | a
        1.35 | node r.io/team#x=a           | r.io/team/app | a
        1.35 | node r.io/%74eam=a           | r.io/team/app | a
        1.35 | node r.io/te%3Fam=a          | r.io/team/app | a
        1.35 | node r.io/%zz=a              | r.io/team/app | -
        1.35 | node r.io.=a                 | r.io/team/app | -
        1.35 | node =a                      | r.io/team/app | -
        1.35 | node /=a                     | r.io/team/app | -
        # an entry that is no URL is skipped, the others stay
        1.35 | node r.io:x=a,r.io=b         | r.io/team/app | b
        1.35 | node %20r.io=a,r.io/team=b   | r.io/team/app | b
        1.30 | node https://r.io/v1/=a      | r.io/team/app | a
        1.28 | node https://r.io/v2=a       | r.io/team/app | -
        """);

    public static TheoryData<string> Ports => KeyringTable.Rows("""
        # keyring.go, URLsMatch: port strings are compared as they are written
        1.35 | node r.io:443=a              | r.io/app       | -
        1.35 | node r.io=a                  | r.io:443/app   | -
        1.35 | node r.io:443=a              | r.io:443/app   | a
        1.35 | node r.io:0443=a             | r.io:443/app   | -
        1.35 | node https://r.io:5000/v2/=a | r.io:5000/app  | a
        1.35 | node r.io:5000/team=a        | r.io:5000/team/app | a
        1.35 | node r.io:5000/team=a        | r.io:5001/team/app | -
        1.35 | node r.io:=a                 | r.io/app       | a
        1.35 | node r.io:*=a                | r.io:443/app   | -
        1.35 | node localhost:5000=a        | localhost:5000/app | a
        1.35 | node localhost=a             | localhost:5000/app | -
        1.35 | node localhost=a             | localhost/app  | a
        1.35 | node 127.0.0.1:5000=a        | 127.0.0.1:5000/app | a
        1.35 | node localhost:5000=a        | 127.0.0.1:5000/app | -
        1.35 | node [::1]:5000=a            | [::1]:5000/app | a
        1.35 | node [::1]=a                 | [::1]:5000/app | -
        1.30 | node [::1]:5000=a            | [::1]:5000/app | a
        """);

    public static TheoryData<string> Wildcards => KeyringTable.Rows("""
        # keyring_test.go, TestUrlsMatch and TestDockerKeyringForGlob: the same kinds of rows
        1.35 | node *.io=a                  | r.io/app       | a
        1.35 | node *.r.io=a                | a.r.io/app     | a
        1.35 | node *.r.io=a                | r.io/app       | -
        1.35 | node *.r.io=a                | b.a.r.io/app   | -
        1.35 | node *.*.r.io=a              | b.a.r.io/app   | a
        1.35 | node a.*.io=a                | a.r.io/app     | a
        1.35 | node a.r.*=a                 | a.r.io/app     | a
        1.35 | node *-eu.r.io=a             | prod-eu.r.io/app | a
        1.35 | node r*.io=a                 | r.io/app       | a
        1.35 | node r*.io=a                 | registry.io/app | a
        1.35 | node k*.io=a                 | quay.io/app    | -
        1.35 | node **.io=a                 | r.io/app       | a
        1.35 | node *=a                     | r.io/app       | -
        1.35 | node *=a                     | localhost/app  | a
        1.35 | node *.*=a                   | r.io/app       | a
        1.35 | node https://*.r.io/v2/=a    | a.r.io/app     | a
        1.35 | node *.r.io/team=a           | a.r.io/team/app | a
        1.35 | node *.r.io/t*=a             | a.r.io/team/app | -
        1.35 | node *.r.io:5000=a           | a.r.io:5000/app | a
        1.35 | node *.r.io=a                | a.r.io:5000/app | -
        1.35 | node *.r.io:5000/team=a      | a.r.io:5000/team/app | a
        1.35 | node 127.0.0.*:5000=a        | 127.0.0.1:5000/app | a
        1.35 | node *.dkr.ecr.*.amazonaws.com=a | 1.dkr.ecr.eu-west-1.amazonaws.com/app | a
        1.35 | node *.dkr.ecr.amazonaws.com=a | 1.dkr.ecr.eu-west-1.amazonaws.com/app | -
        1.35 | node *.gcr.io=a              | us.gcr.io/p/app | a
        1.35 | node *.gcr.io=a              | gcr.io/p/app   | -
        # net/url takes ? for the query, [ at the beginning for an address, and never a backslash or ^ in a host
        1.34 | node r?.io=a                 | rx.io/app      | -
        1.34 | node [pqr].io=a              | r.io/app       | -
        1.34 | node r[a-z].io=a             | rx.io/app      | a
        1.34 | node r[a-z].io=a             | r1.io/app      | -
        1.34 | node r[^a].io=a              | rx.io/app      | -
        1.34 | node r\x.io=a                | rx.io/app      | -
        1.34 | node r[a-.io=a               | rx.io/app      | -
        1.34 | node r[a-z].io:5000=a        | rx.io:5000/app | -
        # Go 1.25, of which 1.35 is made: brackets are for addresses
        1.35 | node r[a-z].io=a             | rx.io/app      | -
        """);

    public static TheoryData<string> DockerHub => KeyringTable.Rows("""
        # keyring.go, Lookup and isDefaultRegistryMatch
        1.35 | node https://index.docker.io/v1/=a | nginx          | a
        1.35 | node https://index.docker.io/v1/=a | docker.io/u/p  | a
        1.35 | node https://index.docker.io/v1/=a | index.docker.io/u/p | a
        1.35 | node index.docker.io=a             | nginx          | a
        1.35 | node https://index.docker.io/v2/=a | nginx          | a
        1.35 | node https://index.docker.io/v1=a  | nginx          | -
        1.35 | node https://index.docker.io/v2=a  | nginx          | -
        1.35 | node index.docker.io/library=a     | nginx          | -
        1.35 | node index.docker.io:443=a         | nginx          | -
        1.35 | node docker.io=a                   | nginx          | a
        1.35 | node https://docker.io/v1/=a       | nginx          | a
        1.35 | node docker.io/library=a           | nginx          | a
        1.35 | node docker.io/u=a                 | u/p            | a
        1.35 | node docker.io/u=a                 | nginx          | -
        1.35 | node https://docker.io/v2=a        | nginx          | -
        1.35 | node registry-1.docker.io=a        | nginx          | -
        1.35 | node hub.docker.com=a              | nginx          | -
        1.35 | node *.docker.io=a                 | nginx          | -
        1.35 | node *.io=a                        | nginx          | a
        1.35 | node docker.io=a,https://index.docker.io/v1/=b | nginx | a
        1.35 | node docker.io/u=a,https://index.docker.io/v1/=b | nginx | b
        1.35 | node https://index.docker.io/v1/=a | r.io/app       | -
        1.35 | node https://index.docker.io/v1/=a | localhost/app  | a
        1.35 | node https://index.docker.io/v1/=a | localhost:5000/app | -
        1.28 | node https://index.docker.io/v1/=a | nginx          | a
        """);

    [Theory, MemberData(nameof(Normalized))]
    public Task A_key_is_what_is_left_of_its_URL(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(Ports))]
    public Task Ports_are_written_alike_or_do_not_match(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(Wildcards))]
    public Task A_wildcard_stands_for_a_part_of_a_host(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(DockerHub))]
    public Task Docker_Hub_has_a_key_of_its_own_that_is_asked_last(string row) => KeyringTable.CheckAsync(row);
}
