using System.Text.Json;

namespace Viaduct.Oci;

/// <summary>The <c>config</c> member of an image config: how a container of the image starts (image-spec, config.md).</summary>
public sealed record ContainerConfig
{
    public string? User { get; init; }

    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary><c>NAME=value</c>, in order.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Cmd { get; init; } = [];

    public IReadOnlyList<string> Volumes { get; init; } = [];

    public string? WorkingDir { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = Descriptor.Empty;

    public string? StopSignal { get; init; }

    /// <summary>The command line is one string that Windows must not quote again.</summary>
    public bool ArgsEscaped { get; init; }

    /// <summary>Docker's, not image-spec's.</summary>
    public Healthcheck? Healthcheck { get; init; }

    /// <summary>The instructions that a child image executes first; docker's, not image-spec's.</summary>
    public IReadOnlyList<string> OnBuild { get; init; } = [];

    /// <summary>The shell of shell-form instructions; docker's, not image-spec's.</summary>
    public IReadOnlyList<string> Shell { get; init; } = [];

    /// <summary>The first word of what a container runs: the entrypoint's, else the command's; null when there is neither.</summary>
    public string? Executable => Entrypoint.Count > 0 ? Entrypoint[0] : Cmd.Count > 0 ? Cmd[0] : null;

    internal static ContainerConfig Read(JsonElement element, Func<string, Exception> error) => new()
    {
        User = element.Text("User", error),
        ExposedPorts = element.Keys("ExposedPorts", error),
        Env = element.Texts("Env", error),
        Entrypoint = element.Texts("Entrypoint", error),
        Cmd = element.Texts("Cmd", error),
        Volumes = element.Keys("Volumes", error),
        WorkingDir = element.Text("WorkingDir", error),
        Labels = element.Map("Labels", error),
        StopSignal = element.Text("StopSignal", error),
        ArgsEscaped = element.Flag("ArgsEscaped", error),
        Healthcheck = element.Object("Healthcheck", error) is { } check ? Healthcheck.Read(check, error) : null,
        OnBuild = element.Texts("OnBuild", error),
        Shell = element.Texts("Shell", error),
    };

    internal void Write(GoJsonWriter json)
    {
        json.BeginObject().Optional("User", User);
        Set(json, "ExposedPorts", ExposedPorts);
        json.Optional("Env", Env).Optional("Entrypoint", Entrypoint).Optional("Cmd", Cmd);
        Set(json, "Volumes", Volumes);
        json.Optional("WorkingDir", WorkingDir)
            .Map("Labels", Labels)
            .Optional("StopSignal", StopSignal);
        if (ArgsEscaped) json.Name("ArgsEscaped").Boolean(true);
        Healthcheck?.Write(json);
        json.Optional("OnBuild", OnBuild)
            .Optional("Shell", Shell)
            .EndObject();
    }

    private static void Set(GoJsonWriter json, string name, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0) return;
        json.Name(name).BeginObject();
        foreach (var key in keys.Distinct().Order(ByteOrder.Instance)) json.Name(key).BeginObject().EndObject();
        json.EndObject();
    }
}
