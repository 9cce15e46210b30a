using System.Text;

namespace Viaduct.Simulation.Tests;

public sealed class ObjectRefusalTests
{
    public static TheoryData<string, string> Values => new()
    {
        // The spec of pod p; what the API server says.
        { "{containers: [{name: c}]}", "spec.containers[0].image: Required value" },
        { "{containers: [{name: c, image: ''}]}", "spec.containers[0].image: Required value" },
        { "{containers: [{name: c, image: ~}]}", "spec.containers[0].image: Required value" },
        { "{containers: [{name: c, image: a}], initContainers: [{name: i}]}", "spec.initContainers[0].image: Required value" },
        { "{containers: [{name: c, image: ' nginx'}]}", "spec.containers[0].image: Invalid value: \" nginx\": must not have leading or trailing whitespace" },
        { "{containers: [{name: c, image: \"nginx\\n\"}]}", "spec.containers[0].image: Invalid value: \"nginx\\n\": must not have leading or trailing whitespace" },
        { "{containers: [{name: c, image: a, imagePullPolicy: always}]}", "spec.containers[0].imagePullPolicy: Unsupported value: \"always\": supported values: \"Always\", \"IfNotPresent\", \"Never\"" },
        { "{containers: [{name: c, image: a}], volumes: [{name: v, image: {}}]}", "spec.volumes[0].image.reference: Required value" },
        { "{containers: [{name: c, image: a}], volumes: [{name: v, image: {reference: a, pullPolicy: x}}]}", "spec.volumes[0].image.pullPolicy: Unsupported value: \"x\": supported values: \"Always\", \"IfNotPresent\", \"Never\"" },
        { "{containers: []}", "spec.containers: Required value" },
        { "{}", "spec.containers: Required value" },
        { "{containers: [{name: c, image: 7}]}", "spec.containers[0].image: a number where a text has to be" },
        { "{containers: [{name: c, image: 1.27}]}", "spec.containers[0].image: a number where a text has to be" },
        { "{containers: [{name: off, image: a}]}", "spec.containers[0].name: true or false where a text has to be" },
        { "{containers: [{name: c, image: {a: b}}]}", "spec.containers[0].image: a mapping where a text has to be" },
        { "{containers: [a]}", "spec.containers[0]: a text where a mapping has to be|spec.containers[0].image: Required value" },
        { "{containers: {}}", "spec.containers: a mapping where a list has to be|spec.containers: Required value" },
        { "{containers: [{name: c, image: a}], nodeSelector: {disk: true}}", "spec.nodeSelector[disk]: true or false where a text has to be" },
        { "{containers: [{name: c, image: a}], imagePullSecrets: [regcred]}", "spec.imagePullSecrets[0]: a text where a mapping has to be" },
        { "{containers: [{name: c, image: a}], imagePullSecrets: regcred}", "spec.imagePullSecrets: a text where a list has to be" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task What_the_API_server_refuses_is_remarked_on_in_its_words(string spec, string expected)
    {
        var objects = await ObjectText.ReadAsync($"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {spec}\n");
        Assert.Single(objects.Pods);
        Assert.Equal(expected.Split('|').Select(e => $"Pod default/p: {e}"), objects.Remarks.Select(r => r.Text).Distinct());
        Assert.All(objects.Remarks, r => Assert.Equal(Verdict.Failure, r.Verdict));
    }

    [Fact]
    public async Task A_template_with_a_space_is_stored_and_its_pods_are_not()
    {
        var objects = await ObjectText.ReadAsync("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, image: 'a '}]}}}\n");
        Assert.Equal("Deployment default/d: the object is stored, but none of its pods: spec.template.spec.containers[0].image: Invalid value: \"a \": must not have leading or trailing whitespace",
            Assert.Single(objects.Remarks).Text);
    }

    public static TheoryData<string, string, string, string?> Secrets => new()
    {
        // The type; the content, as it is before base64; the key; what the API server says.
        { "kubernetes.io/dockerconfigjson", """{"auths": {}}""", ".dockerconfigjson", null },
        { "kubernetes.io/dockerconfigjson", "null", ".dockerconfigjson", null },
        { "kubernetes.io/dockerconfigjson", "{}", ".dockercfg", "data[.dockerconfigjson]: Required value" },
        { "kubernetes.io/dockerconfigjson", "", ".dockerconfigjson", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": unexpected end of JSON input" },
        { "kubernetes.io/dockerconfigjson", "auths", ".dockerconfigjson", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'a' looking for beginning of value" },
        { "kubernetes.io/dockerconfigjson", "[]", ".dockerconfigjson", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": json: cannot unmarshal array into Go value of type map[string]interface {}" },
        { "kubernetes.io/dockerconfigjson", "\"x\"", ".dockerconfigjson", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": json: cannot unmarshal string into Go value of type map[string]interface {}" },
        { "kubernetes.io/dockerconfigjson", "{\"auths\":", ".dockerconfigjson", "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": it is not JSON" },
        { "kubernetes.io/dockercfg", "{}", ".dockercfg", null },
        { "kubernetes.io/dockercfg", "{}", ".dockerconfigjson", "data[.dockercfg]: Required value" },
        { "Opaque", "auths", ".dockerconfigjson", null },
        { "docker-registry", "auths", ".dockerconfigjson", null },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task Secrets_are_looked_at_as_far_as_the_API_server_does(string type, string content, string key, string? expected)
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        foreach (var member in new[] { $"data: {{{key}: '{data}'}}", $"stringData: {{{key}: {System.Text.Json.JsonSerializer.Serialize(content)}}}" })
        {
            var objects = await ObjectText.ReadAsync($"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, uid: u}}\ntype: {type}\n{member}\n");
            var secret = Assert.Single(objects.Secrets);
            Assert.Equal((type, "u", content), (secret.Type, secret.Uid, Encoding.UTF8.GetString(secret.Data[key])));
            Assert.Equal(expected is null ? [] : [$"Secret default/s: {expected}"], objects.Remarks.Select(r => r.Text));
        }
    }

    [Fact]
    public async Task Nothing_of_a_secret_is_shown_whatever_is_wrong_with_it()
    {
        const string secret = "aHVudGVyMg==x hunter2";
        foreach (var data in new[] { $"data: {{.dockerconfigjson: '{secret}'}}", $"data: {{.dockerconfigjson: ['{secret}']}}", $"data: '{secret}'", $"stringData: {{.dockerconfigjson: '{secret}'}}", $"data: {{.dockerconfigjson: 'hunter2'}}", $"stringData: ['{secret}']" })
        {
            var objects = await ObjectText.ReadAsync($"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ntype: kubernetes.io/dockerconfigjson\n{data}\n");
            Assert.NotEmpty(objects.Remarks);
            Assert.All(objects.Remarks.Select(r => r.ToString()).Append(objects.Secrets.Single().ToString()), t => Assert.DoesNotContain("hunter2", t, StringComparison.Ordinal));
            Assert.All(objects.Remarks, r => Assert.DoesNotContain("aHVud", r.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_in_stringData_is_written_over_what_is_in_data()
    {
        var objects = await ObjectText.ReadAsync("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {.dockercfg: e30=}\nstringData: {.dockercfg: '{\"a\":{}}'}\n");
        Assert.Equal("{\"a\":{}}", Encoding.UTF8.GetString(objects.Secrets.Single().Data[".dockercfg"]));
        Assert.Equal("Opaque", objects.Secrets.Single().Type);
    }
}
