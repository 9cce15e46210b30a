namespace Viaduct.Simulation.Tests;

/// <summary>Which of several logins comes first, and which documents count.</summary>
public sealed class KeyringOrderTests
{
    public static TheoryData<string> Orders => KeyringTable.Rows("""
        # keyring.go, Add: the index is sorted in reverse; Lookup: all that match
        1.35 | node r.io=a,r.io/team=b                   | r.io/team/app | b a
        1.35 | node r.io/team=b,r.io=a                   | r.io/team/app | b a
        1.35 | node r.io=a,r.io/team=b,r.io/team/app=c   | r.io/team/app | c b a
        1.35 | node r.io=a,r.io/t=b,r.io/te=c            | r.io/team/app | c b a
        1.35 | node *.io=a,r.io=b                        | r.io/app      | b a
        1.35 | node *.io=a,r*.io=b,r.io=c                | r.io/app      | c b a
        1.35 | node *.io/team=a,r.io=b                   | r.io/team/app | b a
        1.35 | node *.r.io=a,a.*.io=b,a.r.*=c            | a.r.io/app    | c b a
        1.34 | node *.io=a,r[a-z].io=b,rx.io=c           | rx.io/app     | c b a
        1.35 | node docker.io=a,docker.io/library=b      | nginx         | b a
        1.35 | node docker.io=a,*.io=b,index.docker.io=c | nginx         | a b
        # secrets.go: one keyring of all pull secrets; of one key, their order decides
        1.35 | secret r.io=a ; secret r.io=b             | r.io/app      | a b
        1.35 | secret r.io=b ; secret r.io=a             | r.io/app      | b a
        1.35 | secret r.io=a ; secret r.io/team=b        | r.io/team/app | b a
        1.35 | secret r.io=a ; secret https://r.io/v2/=b | r.io/app      | a b
        1.35 | secret r.io=a ; bare r.io=b               | r.io/app      | a b
        1.35 | secret r.io=a ; secret q.io=b             | r.io/app      | a
        1.35 | secret r.io=a ; secret r.io=a             | r.io/app      | a a
        1.35 | secret docker.io=a ; secret index.docker.io=b | nginx     | a
        1.35 | secret index.docker.io=a ; secret index.docker.io=b | nginx | a b
        # image_manager.go, makeLookupPullCredentialsFunc: secrets before the node
        1.35 | secret r.io=a ; node r.io=b               | r.io/app      | a b
        1.35 | secret r.io=a ; node r.io/team=b          | r.io/team/app | a b
        1.35 | secret *.io=a ; node r.io/team=b          | r.io/team/app | a b
        1.35 | secret q.io=a ; node r.io=b               | r.io/app      | b
        1.35 | secret index.docker.io=a ; node docker.io=b | nginx       | a b
        1.35 | secret docker.io=a ; node index.docker.io=b | nginx       | a b
        1.28 | secret r.io=a ; node r.io/team=b          | r.io/team/app | a b
        1.30 | secret index.docker.io=a ; node docker.io=b | nginx       | a b
        1.35 | nothing                                   | r.io/app      | -
        1.28 | nothing                                   | nginx         | -
        # from 1.33 on plugins are a keyring behind that of the files; before, one keyring with them
        1.35 | node r.io=a ; exec p r.io/team=b          | r.io/team/app | a b
        1.33 | node r.io=a ; exec p r.io/team=b          | r.io/team/app | a b
        1.32 | node r.io=a ; exec p r.io/team=b          | r.io/team/app | b a
        1.28 | node r.io=a ; exec p r.io/team=b          | r.io/team/app | b a
        1.32 | node r.io=a ; exec p r.io=b               | r.io/team/app | a b
        1.35 | node *.io=a ; exec p r.io=b               | r.io/team/app | a b
        1.32 | node *.io=a ; exec p r.io=b               | r.io/team/app | b a
        1.35 | node index.docker.io=a ; exec p docker.io=b | nginx       | a b
        1.32 | node index.docker.io=a ; exec p docker.io=b | nginx       | b
        1.35 | secret r.io=s ; node r.io=a ; exec p r.io/team=b | r.io/team/app | s a b
        1.32 | secret r.io=s ; node r.io=a ; exec p r.io/team=b | r.io/team/app | s b a
        # plugins among themselves: one keyring; of one key, the order of the configuration (to 1.32: of the names, plugins.go NewDockerKeyring)
        1.35 | exec z r.io=a ; exec b r.io=b             | r.io/app      | a b
        1.32 | exec z r.io=a ; exec b r.io=b             | r.io/app      | b a
        1.35 | exec z r.io=a ; exec b r.io/team=b        | r.io/team/app | b a
        1.35 | exec p q.io=a                             | r.io/app      | -
        1.35 | exec p https://r.io/v2=a                  | r.io/app      | -
        1.35 | exec p *.io=a                             | r.io/app      | a
        """);

    public static TheoryData<string> Files => KeyringTable.Rows("""
        # config.go, DefaultDockerConfigJSONPaths, then DefaultDockercfgPaths
        1.35 | /var/lib/kubelet/config.json r.io=a       | r.io/app | a
        1.35 | /config.json r.io=a                       | r.io/app | a
        1.35 | /.docker/config.json r.io=a               | r.io/app | a
        1.35 | home=/root ; /root/.docker/config.json r.io=a | r.io/app | a
        1.35 | /root/.docker/config.json r.io=a          | r.io/app | -
        1.35 | /root/.dockercfg r.io=a                   | r.io/app | -
        1.35 | home=/root ; /root/config.json r.io=a     | r.io/app | -
        1.35 | home=/root ; /root/.dockercfg r.io=a      | r.io/app | a
        1.35 | /var/lib/kubelet/.dockercfg r.io=a        | r.io/app | a
        1.35 | /.dockercfg r.io=a                        | r.io/app | a
        1.35 | cwd=/srv ; /srv/config.json r.io=a        | r.io/app | a
        1.35 | cwd=/srv ; /srv/.dockercfg r.io=a         | r.io/app | a
        1.35 | cwd=/srv ; /config.json r.io=a            | r.io/app | -
        1.35 | root=/data/kubelet ; /data/kubelet/config.json r.io=a | r.io/app | a
        1.35 | root=/data/kubelet ; /var/lib/kubelet/config.json r.io=a | r.io/app | -
        1.35 | root=/data/kubelet/ ; /data/kubelet/config.json r.io=a | r.io/app | a
        1.35 | root=/data/../k ; /k/config.json r.io=a   | r.io/app | a
        1.35 | root=k ; cwd=/srv ; /srv/k/config.json r.io=a | r.io/app | a
        1.35 | root=C:\var\lib\kubelet ; C:\var\lib\kubelet\config.json r.io=a | r.io/app | a
        # without $HOME its folder is the working directory
        1.35 | cwd=/srv ; /srv/.docker/config.json r.io=a | r.io/app | a
        # the first that is valid counts, and no other
        1.35 | node r.io=a ; /.docker/config.json r.io=b | r.io/app | a
        1.35 | node q.io=a ; /.docker/config.json r.io=b | r.io/app | -
        1.35 | home=/root ; /root/.docker/config.json r.io=a ; /config.json r.io=b | r.io/app | b
        1.35 | home=/root ; /root/.docker/config.json r.io=a ; /.docker/config.json r.io=b | r.io/app | a
        1.35 | /var/lib/kubelet/.dockercfg r.io=a ; /.docker/config.json r.io=b | r.io/app | b
        1.35 | /var/lib/kubelet/.dockercfg r.io=a ; /.dockercfg r.io=b | r.io/app | a
        1.35 | node !{} ; /.docker/config.json r.io=b    | r.io/app | -
        1.35 | node !null ; /.docker/config.json r.io=b  | r.io/app | -
        1.35 | node ! ; /.docker/config.json r.io=b      | r.io/app | b
        1.35 | node !nonsense ; /.docker/config.json r.io=b | r.io/app | b
        1.35 | /var/lib/kubelet/config.json unreadable ; /.docker/config.json r.io=b | r.io/app | b
        1.35 | node !{"auths":{"q.io":{"auth":"!"}}} ; /.docker/config.json r.io=b | r.io/app | b
        1.35 | node !{"auths":[]} ; /.dockercfg r.io=b   | r.io/app | b
        1.35 | node !{"credsStore":"desktop"} ; /.docker/config.json r.io=b | r.io/app | -
        1.35 | node !{"r.io":{"auth":"YTpi"}}            | r.io/app | -
        1.35 | /.dockercfg !{"auths":{"r.io":{"auth":"YTpi"}}} | r.io/app | -
        1.28 | node r.io=a ; /.docker/config.json r.io=b | r.io/app | a
        """);

    [Theory, MemberData(nameof(Orders))]
    public Task Logins_are_tried_in_kubelets_order(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(Files))]
    public Task One_file_of_a_node_counts(string row) => KeyringTable.CheckAsync(row);
}
