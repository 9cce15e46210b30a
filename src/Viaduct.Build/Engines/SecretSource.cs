namespace Viaduct.Build.Engines;

/// <summary>Where buildx takes a secret from (docker/buildx util/buildflags/secrets.go).</summary>
internal sealed record SecretSource(string Id, string? File, string? Variable)
{
    public static SecretSource Parse(string text)
    {
        var parts = text.Split(',').Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2).ToLookup(p => p[0].ToLowerInvariant(), p => p[1]);
        var (id, type) = (parts["id"].LastOrDefault() ?? "", parts["type"].LastOrDefault());
        var source = parts["src"].Concat(parts["source"]).LastOrDefault();
        var variable = parts["env"].LastOrDefault() ?? (type == "env" ? source ?? id : null);
        if (variable is not null) return new SecretSource(id, null, variable);
        // An id alone is a variable, or else a file (BuildKit, secretsprovider NewStore).
        return new SecretSource(id, source ?? id, source is null && type is null ? id : null);
    }

    /// <summary>Why there is nothing; null when there is something.</summary>
    public string? Missing(Func<string, string?> variable) =>
        (Variable is { } name && !string.IsNullOrEmpty(variable(name))) || (File is { } file && System.IO.File.Exists(file)) ? null
        : File is null ? $"the variable {Variable} is not set"
        : Variable is null ? $"there is no file {File}"
        : $"neither the variable nor the file {File} is there";
}
