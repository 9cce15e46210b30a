using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;

namespace Viaduct.Metadata;

/// <summary>Writes records and plans as JSON for scripts; the shapes are in <c>docs/schema/</c>. Indented by two, with a final newline.</summary>
public static class MetadataJson
{
    public const int Version = 1;

    public static byte[] Write(JobRecord record)
    {
        var json = Begin().Name("registry").String(record.Registry).Name("proven").Boolean(record.Proven).Name("images").BeginArray();
        foreach (var image in record.Images) Image(json, image);
        json.EndArray().Name("bases").BeginArray();
        foreach (var each in record.Bases) json.BeginObject().Name("name").String(each.Name).Name("digest").String(each.Digest.ToString()).EndObject();
        return End(json.EndArray());
    }

    /// <param name="configuration">Where values came from, when that was asked for.</param>
    public static byte[] Write(Plan plan, IReadOnlyList<ExplainedValue>? configuration = null)
    {
        var json = Begin().Name("steps").BeginArray();
        foreach (var step in plan.Steps) Step(json, step);
        json.EndArray().Name("refused").Strings(plan.Refused.Select(r => r.Name.ToString()));
        json.Name("skipped").BeginArray();
        foreach (var (image, reason) in plan.Skipped)
            json.BeginObject().Name("image").String(image).Name("reason").String(reason).EndObject();
        json.EndArray();
        if (configuration is not null)
        {
            json.Name("configuration").BeginArray();
            foreach (var value in configuration)
                json.BeginObject().Optional("image", value.Image).Name("key").String(value.Key).Name("value").String(value.Value).Name("from").String(value.From).EndObject();
            json.EndArray();
        }
        return End(json);
    }

    private static GoJsonWriter Begin() => new GoJsonWriter("  ").BeginObject().Name("version").Number(Version);

    private static byte[] End(GoJsonWriter json) => [.. json.EndObject().ToBytes(), (byte)'\n'];

    private static void Image(GoJsonWriter json, ImageRecord image)
    {
        json.BeginObject().Name("name").String(image.Name).Name("platforms").BeginArray();
        foreach (var platform in image.Platforms)
        {
            Manifest(
                    json.BeginObject().Name("platform").String(platform.Platform).Name("key").String(platform.Key),
                    platform.Digest, platform.MediaType, platform.Size, platform.Names, platform.Action, platform.Reason)
                .Optional("verdict", platform.Verdict)
                .Name("findings").Strings(platform.Findings);
            if (platform.Attestations.Count > 0)
            {
                json.Name("attestations").BeginArray();
                foreach (var entry in platform.Attestations)
                    json.BeginObject().Name("mediaType").String(entry.MediaType).Name("digest").String(entry.Digest.ToString()).Name("size").Number(entry.Size).EndObject();
                json.EndArray();
            }
            json.EndObject();
        }
        json.EndArray();
        if (image.List is { } list)
            Manifest(json.Name("list").BeginObject(), list.Digest, list.MediaType, list.Size, list.Names, list.Action, list.Reason).EndObject();
        json.Optional("listSkipped", image.ListSkipped).Name("problems").Strings(image.Problems).EndObject();
    }

    /// <summary>What children and lists have in common: what was pushed, under which names, and why.</summary>
    private static GoJsonWriter Manifest(GoJsonWriter json, string digest, string mediaType, long size, IReadOnlyList<string> names, string action, string reason) => json
        .Name("digest").String(digest)
        .Name("mediaType").String(mediaType)
        .Name("size").Number(size)
        .Name("names").Strings(names)
        .Name("action").String(action)
        .Name("reason").String(reason);

    private static void Step(GoJsonWriter json, Step step)
    {
        json.BeginObject();
        _ = step switch
        {
            Planning.Step.Build s => json.Name("step").String("build").Name("platform").String(s.Platform.ToString()).Name("builder").String(s.Builder.ToString()).Name("key").String(s.Key.ToString()).Name("names").Strings(s.Names.Select(n => n.ToString())),
            Planning.Step.Copy s => json.Name("step").String("copy").Name("platform").String(s.Platform.ToString()).Name("digest").String(s.Child.Digest.ToString()).Name("from").String(s.From.Name).Name("to").String(s.To.Name),
            Planning.Step.List s => json.Name("step").String("list").Name("names").Strings(s.Names.Select(n => n.ToString())),
            Planning.Step.Tag s => json.Name("step").String("tag").Optional("platform", s.Platform?.ToString()).Name("name").String(s.Name.ToString()),
            _ => throw new InvalidOperationException($"There is no JSON for {step.GetType().Name}."),
        };
        if (step is Planning.Step.Build { MovedBase: { } moved })
            json.Name("movedBase").BeginObject().Name("name").String(moved.Name).Name("digest").String(moved.Now.ToString()).EndObject();
        json.Name("image").String(step.Image).Name("reason").String(step.Reason).EndObject();
    }
}
