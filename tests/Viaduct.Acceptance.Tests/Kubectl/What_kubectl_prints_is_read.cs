using System.Text;
using System.Text.Json;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Kubectl;

/// <summary>Secrets and workloads as the real kubectl makes them without a cluster, in every form that it prints.</summary>
public sealed class What_kubectl_prints_is_read : IDisposable
{
    private const string Config = """{"auths":{"r.io/team":{"auth":"cm9ib3Q6cHc="}}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-kubectl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<ClusterObjects> ReadAsync(params string[] words)
    {
        RealParts.NeedKubectl();
        var printed = (await RealParts.KubectlAsync(words)).MustSucceed();
        return await ObjectReader.ReadAsync(["-"], new MemoryStream(printed.Output), TestContext.Current.CancellationToken);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static JsonElement Auths(ClusterObjects objects) =>
        JsonDocument.Parse(Assert.Single(objects.Secrets).Data[".dockerconfigjson"]).RootElement.GetProperty("auths");

    [Theory]
    [InlineData(null, "https://index.docker.io/v1/", "yaml")]
    [InlineData("r.io:5000", "r.io:5000", "yaml")]
    [InlineData("https://r.io/v2/", "https://r.io/v2/", "json")]
    public async Task Of_create_secret_docker_registry(string? server, string key, string form)
    {
        string[] words = ["create", "secret", "docker-registry", "regcred", "--docker-username=robot", "--docker-password=p:w", "--dry-run=client", "-o", form, "-n", "shop"];
        var objects = await ReadAsync(server is null ? words : [.. words, $"--docker-server={server}"]);
        Assert.Equal(("shop", "regcred", "kubernetes.io/dockerconfigjson"), (objects.Secrets[0].Namespace, objects.Secrets[0].Name, objects.Secrets[0].Type));
        Assert.Equal("robot:p:w", Encoding.UTF8.GetString(Auths(objects).GetProperty(key).GetProperty("auth").GetBytesFromBase64()));
        Assert.Empty(objects.Remarks);
    }

    [Fact]
    public async Task Of_create_secret_from_a_file_of_any_name()
    {
        var file = Write("my.json", Config);
        var objects = await ReadAsync("create", "secret", "docker-registry", "filed", $"--from-file={file}", "--dry-run=client", "-o", "yaml");
        Assert.True(Auths(objects).TryGetProperty("r.io/team", out _));
        var generic = await ReadAsync("create", "secret", "generic", "opaque", $"--from-file=.dockerconfigjson={file}", "--dry-run=client", "-o", "json");
        Assert.Equal("Opaque", Assert.Single(generic.Secrets).Type);
    }

    [Fact]
    public async Task Of_a_file_that_is_no_JSON_what_the_API_server_will_say_of_it()
    {
        var objects = await ReadAsync("create", "secret", "docker-registry", "filed", $"--from-file={Write("x", "auths")}", "--dry-run=client", "-o", "yaml");
        Assert.Contains("<secret contents redacted>", Assert.Single(objects.Remarks).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_kustomize_with_generated_secrets_and_other_images()
    {
        Write(".dockerconfigjson", Config);
        Write("app.yaml", """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: builder}
            imagePullSecrets: [{name: regcred}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              template:
                spec:
                  imagePullSecrets: [{name: regcred}]
                  containers: [{name: web, image: nginx:1.0}]
            """);
        Write("kustomization.yaml", """
            namespace: shop
            resources: [app.yaml]
            secretGenerator: [{name: regcred, type: kubernetes.io/dockerconfigjson, files: [.dockerconfigjson]}]
            images: [{name: nginx, newName: r.io/team/nginx, newTag: "1.27"}]
            """);
        var objects = await ReadAsync("kustomize", _folder);
        var secret = Assert.Single(objects.Secrets);
        Assert.StartsWith("regcred-", secret.Name, StringComparison.Ordinal);
        Assert.True(Auths(objects).TryGetProperty("r.io/team", out _));
        Assert.Equal(("shop", "r.io/team/nginx:1.27", secret.Name), (objects.Pods.Single().Namespace, objects.Pods.Single().Containers.Single().Image, objects.Pods.Single().ImagePullSecrets.Single()));
        Assert.Equal([secret.Name], objects.ServiceAccounts.Single().ImagePullSecrets);
    }

    [Fact]
    public async Task Of_create_deployment_job_and_cronjob()
    {
        foreach (var (words, expected) in new[]
        {
            (new[] { "deployment", "a", "--image=nginx", "--image=redis:7" }, "Deployment nginx redis:7"),
            (["job", "a", "--image=busybox"], "Job busybox"),
            (["cronjob", "a", "--image=busybox", "--schedule=* * * * *"], "CronJob busybox"),
        })
        {
            var pod = Assert.Single((await ReadAsync(["create", .. words, "--dry-run=client", "-o", "json"])).Pods);
            Assert.Equal(expected, $"{pod.Kind} {string.Join(" ", pod.Containers.Select(c => c.Image))}");
        }
    }

    /// <summary>kubectl makes JSON of YAML as the API server gets it: what is not a text there is remarked on here.</summary>
    [Theory]
    [InlineData("y")]
    [InlineData("off")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData("2001-01-01")]
    [InlineData(".5")]
    [InlineData("0o7")]
    [InlineData("0o8")]
    [InlineData("08")]
    [InlineData("1.")]
    [InlineData("+12e03")]
    [InlineData("1.27")]
    [InlineData("1.2.3")]
    [InlineData("1:30")]
    [InlineData("-1")]
    [InlineData("!!str 7")]
    [InlineData("nginx")]
    public async Task And_a_word_without_quotes_is_a_text_where_kubectl_takes_it_for_one(string word)
    {
        RealParts.NeedKubectl();
        var file = Write("pod.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n  - name: c\n    image: {word}\n");
        var real = JsonDocument.Parse((await RealParts.KubectlAsync("label", "--local", "-f", file, "a=b", "-o", "json")).MustSucceed().Output).RootElement;
        var isText = real.GetProperty("spec").GetProperty("containers")[0].GetProperty("image").ValueKind == JsonValueKind.String;
        var objects = await ObjectReader.ReadAsync([file], null, TestContext.Current.CancellationToken);
        Assert.Equal(isText, objects.Remarks.Count == 0);
    }
}
