using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary><c>skip=A,B;error=true;experimental=C</c>, as BuildKit reads it (linter.go, ParseLintOptions): at most three parts, and of two alike the later one.</summary>
internal sealed record CheckOptions
{
    /// <summary>In place of the directive, not beside it.</summary>
    public const string Argument = "BUILDKIT_DOCKERFILE_CHECK";

    private const int MaxParts = 3;

    public IReadOnlyList<string> Skipped { get; private init; } = [];

    public bool SkipsAll { get; private init; }

    public IReadOnlyList<string> Experimental { get; private init; } = [];

    public bool HasAllExperimental { get; private init; }

    public bool IsError { get; private init; }

    public bool Wants(CheckRule rule) => rule.IsExperimental ? HasAllExperimental || Experimental.Contains(rule.Name) : !SkipsAll && !Skipped.Contains(rule.Name);

    /// <exception cref="ViaductException">VIA2106, VIA2115.</exception>
    public static CheckOptions Of(Dockerfile dockerfile, IReadOnlyDictionary<string, string> args)
    {
        if (args.TryGetValue(Argument, out var text)) return Parse(text, why => BuildErrors.BadCheckArgument(dockerfile.File, Argument, why));
        return dockerfile.Check is { } check
            ? Parse(check.Text, why => BuildErrors.Syntax(check.Position, $"# check= {why}", "Write # check=skip=RULE,RULE;error=true without blanks."))
            : new CheckOptions();
    }

    private static CheckOptions Parse(string text, Func<string, ViaductException> error)
    {
        var options = new CheckOptions();
        if (string.IsNullOrWhiteSpace(text)) return options;
        foreach (var part in text.Trim().Split(';', MaxParts))
        {
            var equals = part.IndexOf('=');
            var value = part[(equals + 1)..].Trim();
            string[] names = [.. value.Split(',').Select(n => n.Trim())];
            // A later "all" does not take back what was named before, and nothing takes "all" back.
            options = (equals < 0 ? "" : part[..equals].Trim()) switch
            {
                "skip" when value == "all" => options with { SkipsAll = true },
                "skip" => options with { Skipped = names },
                "experimental" when value == "all" => options with { HasAllExperimental = true },
                "experimental" => options with { Experimental = names },
                "error" => options with { IsError = Boolean(value) ?? throw error($"has '{value}' for error, which is true or false") },
                _ => throw error($"has '{part.Trim()}', which is none of skip=, error= and experimental=") ,
            };
        }
        return options;
    }

    /// <summary>Go's strconv.ParseBool.</summary>
    private static bool? Boolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
