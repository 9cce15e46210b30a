using Viaduct.Server;

namespace Viaduct.Cli.Printing;

/// <summary>What a rehearsal cost, for scripts: docs/schema/rehearsal.schema.json.</summary>
internal static class RehearsalJson
{
    public static byte[] Write(RehearsalReport report) => Json.Document(1, json =>
    {
        json.Name("as").String(report.Name).Name("requests").Number(report.Count).Name("received").Number(report.Received).Name("sent").Number(report.Sent)
            .Name("challenges").Number(report.Challenges).Name("byKind").BeginArray();
        foreach (var r in report.Requests)
            json.BeginObject().Name("kind").String(r.Kind).Name("method").String(r.Method).Name("requests").Number(r.Count)
                .Name("received").Number(r.Received).Name("sent").Number(r.Sent).EndObject();
        json.EndArray().Name("refusals").BeginArray();
        foreach (var r in report.Refusals)
            json.BeginObject().Name("rule").String(r.Rule).Name("status").Number(r.Status).Name("requests").Number(r.Count).EndObject();
        json.EndArray();
        if (report.PullLimit is not { } limit) return;
        json.Name("quota").BeginObject().Name("limit").Number(limit).Name("pulls").BeginArray();
        foreach (var p in report.Pulls) json.BeginObject().Name("account").String(p.Account).Name("pulls").Number(p.Pulls).EndObject();
        json.EndArray().EndObject();
    });
}
