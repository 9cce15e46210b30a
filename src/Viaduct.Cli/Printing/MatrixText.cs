using System.Text;
using Viaduct.Oci;
using Viaduct.Spreading;

namespace Viaduct.Cli.Printing;

/// <summary>Jobs as the services want them told.</summary>
internal static class MatrixText
{
    /// <summary><c>jobs.NAME.strategy.matrix</c> of GitHub Actions, in one line, as an output variable has to be.</summary>
    public static string GitHub(IReadOnlyList<Leg> legs)
    {
        var json = new GoJsonWriter().BeginObject().Name("include").BeginArray();
        foreach (var leg in legs) Members(json.BeginObject().Name("name").String(leg.Name), leg).Name("runner").String(leg.Runner).EndObject();
        return Line(json.EndArray().EndObject());
    }

    /// <summary><c>strategy.matrix</c> of Azure Pipelines: names are of letters, digits and underscores.</summary>
    public static string Azure(IReadOnlyList<Leg> legs)
    {
        var json = new GoJsonWriter().BeginObject();
        foreach (var leg in legs) Members(json.Name(leg.Name.Replace('-', '_')).BeginObject().Name("name").String(leg.Name), leg).Name("pool").String(leg.Runner).EndObject();
        return Line(json.EndObject());
    }

    /// <summary>Jobs of a child pipeline of GitLab, which say what the template <c>.viaduct-leg</c> has to know.</summary>
    public static string GitLab(IReadOnlyList<Leg> legs)
    {
        // A pipeline without a job is refused.
        if (legs.Count == 0) return "nothing to build:\n  script: [\"true\"]\n";
        var text = new StringBuilder();
        foreach (var leg in legs)
            text.Append($"{Quoted($"build {leg.Name}")}:\n  extends: .viaduct-leg\n  tags: [{Quoted(leg.Runner)}]\n  variables:\n    VIADUCT_LEG: {Quoted(leg.Name)}\n    VIADUCT_ARGS: {Quoted(leg.Arguments)}\n");
        return text.ToString();
    }

    public static byte[] Json(IReadOnlyList<Leg> legs)
    {
        var json = new GoJsonWriter("  ").BeginObject().Name("version").Number(1).Name("jobs").BeginArray();
        foreach (var leg in legs)
            json.BeginObject().Name("name").String(leg.Name).Name("platforms").Strings(leg.Platforms.Select(p => p.ToString())).Name("images").Strings(leg.Images)
                .Name("runner").String(leg.Runner).Name("args").String(leg.Arguments).EndObject();
        return [.. json.EndArray().EndObject().ToBytes(), (byte)'\n'];
    }

    private static GoJsonWriter Members(GoJsonWriter json, Leg leg) => json
        .Name("platforms").String(string.Join(',', leg.Platforms)).Name("images").String(string.Join(' ', leg.Images)).Name("args").String(leg.Arguments);

    /// <summary>JSON's strings are YAML's, too.</summary>
    private static string Quoted(string text) => Encoding.UTF8.GetString(new GoJsonWriter().String(text).ToBytes());

    private static string Line(GoJsonWriter json) => Encoding.UTF8.GetString(json.ToBytes()) + "\n";
}
