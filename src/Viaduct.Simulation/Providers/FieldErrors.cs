namespace Viaduct.Simulation;

/// <summary>Errors as k8s.io/apimachinery words and gathers them (util/validation/field/errors.go; util/errors, NewAggregate).</summary>
internal sealed class FieldErrors
{
    private readonly List<string> _all = [];

    /// <summary>Null where there are none; several stand in brackets, each once.</summary>
    public string? Aggregate => _all.Count switch { 0 => null, 1 => _all[0], _ => $"[{string.Join(", ", _all)}]" };

    public void Required(string field, string detail = "") => Add($"{field}: Required value{Tail(detail)}");

    public void Invalid(string field, string value, string detail) => Add($"{field}: Invalid value: {Quoted(value)}{Tail(detail)}");

    public void Forbidden(string field, string detail) => Add($"{field}: Forbidden{Tail(detail)}");

    public void Duplicate(string field, string value) => Add($"{field}: Duplicate value: {Quoted(value)}");

    public void Unsupported(string field, string value, IEnumerable<string> supported) =>
        Add($"{field}: Unsupported value: {Quoted(value)}: supported values: {string.Join(", ", supported.Select(GoText.Quote))}");

    private void Add(string error)
    {
        if (!_all.Contains(error)) _all.Add(error);
    }

    private static string Tail(string detail) => detail.Length == 0 ? "" : $": {detail}";

    private static string Quoted(string value) => GoText.Quote(Yaml.YamlErrors.Shown(value));
}
