using Viaduct.Configuration;
using Viaduct.Metadata;
using static Viaduct.Tests.SchemaConformity;

namespace Viaduct.Tests;

public sealed class PlanSchemaTests
{
    [Fact]
    public async Task A_plan_has_the_members_of_its_schema_and_no_others()
    {
        await using var set = await TestSet.StartAsync();
        set.Folder.With("images/one/Dockerfile", "FROM scratch\nLABEL a=b\n").With("images/one/image.yaml", "tags: ['1', '2']\n");
        await using (var first = set.Job()) Check(MetadataJson.Write(await first.PlanAsync(default), [new ExplainedValue("one", "tags", "1", "image.yaml:1:7"), new ExplainedValue(null, "epoch", "0", "default")]));
        await set.RunAsync();

        // Another tag is a step of its own, and one that would move is refused.
        set.Folder.With("images/one/image.yaml", "tags: ['1', '3']\n");
        await using (var second = set.Job()) Check(MetadataJson.Write(await second.PlanAsync(default)));
        set.Folder.With("images/one/Dockerfile", "FROM scratch\nLABEL a=c\n");
        await using (var third = set.Job(mayMoveTags: false)) Check(MetadataJson.Write(await third.PlanAsync(default)));
        await using (var part = set.Job(overrides: new SetOverrides { Platforms = [Oci.Platform.Parse("linux/arm64")] })) Check(MetadataJson.Write(await part.PlanAsync(default)));
    }

    private static void Check(byte[] json)
    {
        var schema = Schema("plan.schema.json");
        Conforms(schema, schema, Read(json));
    }
}
