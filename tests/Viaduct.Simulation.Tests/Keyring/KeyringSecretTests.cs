namespace Viaduct.Simulation.Tests;

/// <summary>Forms of documents, and secrets that do not count.</summary>
public sealed class KeyringSecretTests
{
    public static TheoryData<string> Forms => KeyringTable.Rows("""
        # config.go, DockerConfigEntry.UnmarshalJSON; encoding/json
        1.35 | secret !{"auths":{"r.io":{"username":"a","password":"b"}}}                    | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi"}}}                                    | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi","username":"x","password":"y"}}}      | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"","username":"x","password":"y"}}}          | r.io/app | x
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpiOmM="}}}                                | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpiOmM"}}}                                 | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi\n"}}}                                  | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"OnBhc3M="}}}                                | r.io/app | ''
        1.35 | secret !{"Auths":{"r.io":{"AUTH":"YTpi"}}}                                    | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"UserName":"a","PASSWORD":"b"}}}                    | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"eDp5","auth":"YTpi"}}}                      | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"eDp5"},"r.io":{"auth":"YTpi"}}}             | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi"}},"auths":{"q.io":{"auth":"eDp5"}}}   | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi"}},"auths":null}                       | r.io/app | -
        1.35 | secret !{"auths":{"r.io":{}}}                                                 | r.io/app | ''
        1.35 | secret !{"auths":{"r.io":null}}                                               | r.io/app | ''
        1.35 | secret !{"auths":{"r.io":{"identitytoken":"t"}}}                              | r.io/app | ''
        1.35 | secret !{"auths":{"r.io":{"auth":"MDA6","identitytoken":"t"}}}                | r.io/app | 00
        1.35 | secret !{"auths":{"r.io":{"username":"a","password":"b","email":"c@d.e"}}}    | r.io/app | a
        1.35 | secret !{"auths":{"r.io":{"username":"a","extra":[1,{"x":null}]}},"HttpHeaders":{"a":"b"}} | r.io/app | a
        1.35 | secret !{"auths":{"r.\u0069o":{"username":"a"}}}                              | r.io/app | a
        1.35 | secret !{"auths":{}}                                                          | r.io/app | -
        1.35 | secret !{}                                                                    | r.io/app | -
        1.35 | secret !null                                                                  | r.io/app | -
        1.35 | secret !                                                                      | r.io/app | -
        1.35 | secret !{"r.io":{"auth":"YTpi"}}                                              | r.io/app | -
        1.35 | bare !{"r.io":{"auth":"YTpi"}}                                                | r.io/app | a
        1.35 | bare !{"auths":{"r.io":{"auth":"YTpi"}}}                                      | r.io/app | -
        """);

    public static TheoryData<string> Kinds => KeyringTable.Rows("""
        # secrets.go: the type and its own key, or nothing
        1.35 | secret r.io=a                    | r.io/app | a
        1.35 | bare r.io=a                      | r.io/app | a
        1.35 | opaque r.io=a                    | r.io/app | -
        1.35 | docker-registry r.io=a           | r.io/app | -
        1.35 | bare-key r.io=a                  | r.io/app | -
        1.35 | json-key r.io=a                  | r.io/app | -
        1.35 | opaque r.io=a ; secret r.io=b    | r.io/app | b
        1.35 | opaque !nonsense ; secret r.io=b | r.io/app | b
        1.35 | opaque r.io=a ; node r.io=b      | r.io/app | b
        """);

    public static TheoryData<string> Malformed => KeyringTable.Rows("""
        # secrets.go: the first error ends it, whatever the image; 1.33 moved it out of PullImage
        1.35 | secret !nonsense ; secret r.io=a | r.io/app | error: invalid character 'o' in literal null (expecting 'u')
        1.35 | secret r.io=a ; secret !x        | r.io/app | error: invalid character 'x' looking for beginning of value
        1.35 | secret !x ; node r.io=a          | q.io/app | error: invalid character 'x' looking for beginning of value
        1.32 | secret !x ; node r.io=a          | r.io/app | error in pull: invalid character 'x' looking for beginning of value
        1.28 | bare !x                          | r.io/app | error in pull: invalid character 'x' looking for beginning of value
        1.35 | secret !{"auths"                 | r.io/app | error: unexpected end of JSON input
        1.35 | secret !{"auths":{}}}            | r.io/app | error: invalid character '}' after top-level value
        1.35 | secret !{"auths":{},}            | r.io/app | error: invalid character '}' looking for beginning of object key string
        1.35 | secret !{auths:{}}               | r.io/app | error: invalid character 'a' looking for beginning of object key string
        1.35 | secret !{'auths':{}}             | r.io/app | error: invalid character '\'' looking for beginning of object key string
        1.35 | secret !{"auths":{"r.io":{"auth":"dXNlcg=="}}}  | q.io/app | error: unable to parse auth field, must be formatted as base64(username:password)
        1.35 | secret !{"auths":{"r.io":{"auth":"a:b"}}}       | q.io/app | error: illegal base64 data at input byte 1
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpi="}}}     | q.io/app | error: illegal base64 data at input byte 4
        1.35 | secret !{"auths":{"r.io":{"auth":" YTpi"}}}     | q.io/app | error: illegal base64 data at input byte 0
        1.35 | secret !{"auths":{"r.io":{"auth":"YTpiOmM= "}}} | q.io/app | error: illegal base64 data at input byte 8
        1.35 | secret !{"auths":{"r.io":{"auth":"_-_-"}}}      | q.io/app | error: illegal base64 data at input byte 0
        1.35 | secret ![]                        | r.io/app | error: json: cannot unmarshal array into Go value of type credentialprovider.DockerConfigJSON
        1.35 | bare !"x"                         | r.io/app | error: json: cannot unmarshal string into Go value of type credentialprovider.DockerConfig
        1.35 | secret !{"auths":"x"}             | r.io/app | error: json: cannot unmarshal string into Go struct field DockerConfigJSON.auths of type credentialprovider.DockerConfig
        1.35 | secret !{"auths":{"r.io":"x"}}    | r.io/app | error: json: cannot unmarshal string into Go struct field DockerConfigJSON.auths of type credentialprovider.dockerConfigEntryWithAuth
        1.35 | bare !{"r.io":7}                  | r.io/app | error: json: cannot unmarshal number into Go value of type credentialprovider.dockerConfigEntryWithAuth
        1.35 | secret !{"auths":{"r.io":{"password":7}}} | r.io/app | error: json: cannot unmarshal number into Go struct field DockerConfigJSON.auths.password of type string
        1.32 | secret !{"auths":{"r.io":{"password":7}}} | r.io/app | error in pull: json: cannot unmarshal number into Go struct field DockerConfigJSON.auths of type string
        1.35 | bare !{"r.io":{"password":7}}     | r.io/app | error: json: cannot unmarshal number into Go struct field dockerConfigEntryWithAuth.password of type string
        1.35 | secret !{"HttpHeaders":{"a":1}}   | r.io/app | error: json: cannot unmarshal number into Go struct field DockerConfigJSON.HttpHeaders of type string
        1.35 | secret !{"HttpHeaders":{"a":1},"auths":{"r.io":{"auth":"x"}}} | r.io/app | error: illegal base64 data at input byte 0
        """);

    [Theory, MemberData(nameof(Forms))]
    public Task Documents_are_read_by_Gos_rules(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(Kinds))]
    public Task A_secret_of_another_type_does_not_count(string row) => KeyringTable.CheckAsync(row);

    [Theory, MemberData(nameof(Malformed))]
    public Task One_malformed_secret_ends_all_pulls_of_the_pod(string row) => KeyringTable.CheckAsync(row);

    [Fact]
    public void The_table_has_its_rows() => Assert.True(
        new[] { KeyringKeyTests.Normalized, KeyringKeyTests.Ports, KeyringKeyTests.Wildcards, KeyringKeyTests.DockerHub, KeyringOrderTests.Orders, KeyringOrderTests.Files, Forms, Kinds, Malformed }
            .Sum(rows => rows.Count) >= 150);
}
