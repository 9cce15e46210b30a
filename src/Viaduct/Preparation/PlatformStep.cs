using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Preparation;

/// <summary>A step for one platform: its variables are replaced.</summary>
internal sealed record PlatformStep(string Image, Platform Platform, PrepareStep Declared)
{
    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>From the image's folder, each spelled in the only way.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>By name, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    public string Folder => Declared.Folder;

    public string Where => Declared.Where;

    public string Line => YamlErrors.Shown(string.Join(' ', Command), 100);

    /// <summary>What the step does, whichever platform it does it for.</summary>
    public string Identity => string.Join('\n', [$"{Declared.IsShell}", .. Command, "", .. Inputs, "", .. Outputs, "", .. Environment.Select(e => $"{e.Key}={e.Value}")]);

    /// <summary>The image's steps in their order.</summary>
    /// <exception cref="ViaductException">VIA2032 for a platform without a runtime identifier, when it is asked for.</exception>
    public static IReadOnlyList<PlatformStep> Of(ImageDefinition image, Platform platform) => [.. image.Prepare.Select(step => Of(image.Name, platform, step))];

    public override string ToString() => $"'{Line}' for {Image} {Platform}";

    private static PlatformStep Of(string image, Platform platform, PrepareStep step)
    {
        return new PlatformStep(image, platform, step)
        {
            Command = [.. step.Command.Select(word => Replace(word, step.Where))],
            Inputs = [.. step.Inputs.Select(i => Replace(i.Text, i.Where))],
            Outputs = [.. step.Outputs.Select(o => InputPatterns.Canonical(step.Folder, Replace(o.Text, o.Where)))],
            Environment = [.. step.Environment.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => KeyValuePair.Create(e.Key, Replace(e.Value, step.Where)))],
        };

        string Replace(string text, string where) => StepVariables.Replace(text, image, platform, where);
    }
}
