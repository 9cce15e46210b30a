using System.Text;
using System.Text.Json;

namespace Viaduct.Simulation.Tests;

/// <summary>What kubectl 1.36.4 (kustomize 5.8.1) printed with --dry-run=client.</summary>
public sealed class ObjectRecordedTests
{
    private static Task<ClusterObjects> ReadAsync(string file) =>
        ObjectReader.ReadAsync([Path.Combine(AppContext.BaseDirectory, "Objects/Recorded", file)], null, TestContext.Current.CancellationToken);

    [Theory]
    // kubectl create secret docker-registry regcred --docker-server=… --docker-username=… --docker-password=… --docker-email=…
    [InlineData("secret-server.yaml", "default/regcred", "kubernetes.io/dockerconfigjson", "registry.example.com:5000", "robot")]
    // kubectl create secret docker-registry hub -n shop, without a server
    [InlineData("secret-hub.yaml", "shop/hub", "kubernetes.io/dockerconfigjson", "https://index.docker.io/v1/", "robot")]
    // kubectl create secret docker-registry filed --from-file=config.json -o json
    [InlineData("secret-file.json", "default/filed", "kubernetes.io/dockerconfigjson", "r.io/team", null)]
    // kubectl create secret generic --from-file=.dockerconfigjson=config.json, without and with --type
    [InlineData("secret-generic.yaml", "default/opaque", "Opaque", "r.io/team", null)]
    [InlineData("secret-typed.yaml", "default/typed", "kubernetes.io/dockerconfigjson", "r.io/team", null)]
    public async Task Secrets_that_kubectl_makes_are_read(string file, string name, string type, string server, string? user)
    {
        var objects = await ReadAsync(file);
        var secret = Assert.Single(objects.Secrets);
        Assert.Equal((name, type), ($"{secret.Namespace}/{secret.Name}", secret.Type));
        var entry = JsonDocument.Parse(secret.Data[".dockerconfigjson"]).RootElement.GetProperty("auths").GetProperty(server);
        if (user is not null) Assert.Equal(user, entry.GetProperty("username").GetString());
        Assert.StartsWith("robot:", Encoding.UTF8.GetString(entry.GetProperty("auth").GetBytesFromBase64()), StringComparison.Ordinal);
        Assert.Empty(objects.Remarks);
    }

    [Fact]
    public async Task What_kustomize_makes_of_images_and_secrets_is_read()
    {
        var objects = await ReadAsync("kustomize.yaml");
        var secret = Assert.Single(objects.Secrets);
        Assert.Equal("shop/regcred-24tk98kdh6", $"{secret.Namespace}/{secret.Name}");
        Assert.Contains("r.io/team", Encoding.UTF8.GetString(secret.Data[".dockerconfigjson"]), StringComparison.Ordinal);
        Assert.Equal(["Deployment/shop/web: busybox r.io/team/nginx:1.27", "Pod/shop/once: r.io/team/nginx:1.27"], ObjectText.Shown(objects));
        Assert.Equal([secret.Name], objects.Pods[0].ImagePullSecrets);
        Assert.Equal([secret.Name], Assert.Single(objects.ServiceAccounts).ImagePullSecrets);
        Assert.Equal("builder", objects.Pods[1].ServiceAccount);
        Assert.Empty(objects.Remarks);
    }

    [Theory]
    [InlineData("deployment.yaml", "Deployment/default/web: nginx redis:7")]
    [InlineData("cronjob.json", "CronJob/default/tick: busybox")]
    public async Task What_kubectl_creates_is_read(string file, string expected)
    {
        var objects = await ReadAsync(file);
        Assert.Equal([expected], ObjectText.Shown(objects));
        Assert.Empty(objects.Remarks);
    }
}
