using System.Text;
using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class ObjectMutationTests
{
    private const int Count = 40_000;

    private static readonly string[] Values =
        ["null", "7", "-1e999", "true", "{}", "[]", "[[]]", "{a: b}", "*a", "&a x", "!!binary x", "!", "'", "\"\\ud800\"", "|", "<<: *a", "y", "0x1F", "\u0001", "\uFEFF", "---", "...", "%YAML 9.9", "? a", "- ", "@", "`", "{\"a\": 1}", "items", "List", "Node"];

    private static readonly string[] Seeds =
    [
        ObjectText.Pod("a", "nodeSelector: {disk: ssd}", "tolerations: [{key: k, operator: Exists}]", "imagePullSecrets:", "- name: regcred") + "---\n"
        + "apiVersion: apps/v1\nkind: Deployment\nmetadata: &m {name: d, namespace: shop}\nspec:\n  template:\n    metadata: *m\n    spec:\n      initContainers:\n      - {name: i, image: busybox, command: [sh, -c, x]}\n      containers:\n      - name: c\n        image: nginx\n        imagePullPolicy: Always\n        resources: {limits: {nvidia.com/gpu: 1}}\n",
        "apiVersion: v1\nkind: List\nitems:\n- kind: Secret\n  apiVersion: v1\n  metadata: {name: s}\n  type: kubernetes.io/dockerconfigjson\n  data: {.dockerconfigjson: e30=}\n- kind: ServiceAccount\n  apiVersion: v1\n  metadata: {name: sa}\n  imagePullSecrets: [{name: s}]\n- kind: Node\n  apiVersion: v1\n  metadata: {name: node}\n  status: {nodeInfo: {operatingSystem: linux, architecture: arm64}}\n",
        """
        {"apiVersion": "v1", "items": [
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "nginx", "args": ["a"]}],
            "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "a", "operator": "In", "values": ["b"]}]}]}}}}},
          {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "type": "kubernetes.io/dockercfg", "data": {".dockercfg": "e30="}},
          {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}, "status": {"nodeInfo": {"operatingSystem": "linux", "architecture": "amd64"}}}
        ], "kind": "List"}
        """,
    ];

    private static readonly Gen<byte[]> Mutated =
        Gen.Select(Gen.Int[0, Seeds.Length - 1].Select(i => Seeds[i]), Gen.Select(Gen.Int[0, 7], Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, Values.Length - 1].Select(i => Values[i])).Array[1, 4],
            (seed, steps) => steps.Aggregate(Encoding.UTF8.GetBytes(seed), (bytes, s) => Mutate(bytes, s.Item1, s.Item2, s.Item3, s.Item4)));

    [Fact]
    public async Task Whatever_is_wrong_with_objects_is_an_error_with_a_code_or_a_remark()
    {
        var refused = 0;
        await Mutated.SampleAsync(async bytes =>
        {
            try
            {
                await ObjectText.ReadAsync(bytes);
            }
            catch (ViaductException)
            {
                Interlocked.Increment(ref refused);
            }
        }, iter: Count);
        // Neither is all of it refused nor none.
        Assert.InRange(refused, Count / 20, Count * 19 / 20);
    }

    private static byte[] Mutate(byte[] bytes, int kind, int where, int with, string value)
    {
        if (bytes.Length == 0) return bytes;
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.Split('\n').ToList();
        var (line, other, at) = (where % lines.Count, with % lines.Count, where % bytes.Length);
        switch (kind)
        {
            case 0:
                bytes[at] ^= (byte)(1 << (with % 8));
                return bytes;
            case 1:
                lines.RemoveAt(line);
                break;
            case 2:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                break;
            case 3:
                return bytes[..at];
            case 4:
                lines[line] = lines[line].Split(':')[0] + ": " + value;
                break;
            case 5:
                lines.Insert(line, string.Concat(Enumerable.Repeat(with % 2 == 0 ? "[" : "{\"a\":", with % 300)));
                break;
            case 6:
                lines[line] = "  " + lines[line];
                break;
            default:
                return Encoding.UTF8.GetBytes(text.Insert(Math.Min(at, text.Length), value));
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
