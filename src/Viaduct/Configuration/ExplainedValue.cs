namespace Viaduct.Configuration;

/// <summary>A value that holds, and where it was said.</summary>
/// <param name="Image">Null for what concerns the whole set.</param>
/// <param name="Value">As a person reads it; of build arguments and labels only a hash, since they may carry secrets.</param>
/// <param name="From">An option, a variable of the environment, <c>file:line:column</c>, or <see cref="Default"/>.</param>
public sealed record ExplainedValue(string? Image, string Key, string Value, string From)
{
    public const string Default = "default";
}
