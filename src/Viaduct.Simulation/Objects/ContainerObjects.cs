namespace Viaduct.Simulation;

/// <summary>Reads the containers and image volumes of a pod's spec in kubelet's order, and says what the API server would refuse of them.</summary>
internal static class ContainerObjects
{
    private const int Max = 1000;

    /// <param name="isPod">Of a Pod more is refused than of a template (core/validation, validateContainerOnlyForPod).</param>
    public static IReadOnlyList<PodContainer> Read(ObjectField spec, bool isPod)
    {
        var containers = new List<PodContainer>();
        foreach (var volume in spec["volumes"].Items)
            if (volume["image"] is { IsThere: true } image) containers.Add(Volume(volume["name"].Text ?? "", image, isPod));
        foreach (var container in spec["initContainers"].Items)
            containers.Add(Container(container, container["restartPolicy"].Text == "Always" ? ContainerRole.Sidecar : ContainerRole.Init, isPod));
        var before = containers.Count;
        foreach (var container in spec["containers"].Items)
            containers.Add(Container(container, ContainerRole.App, isPod));
        if (containers.Count == before) spec["containers"].Refuse("Required value");
        foreach (var container in spec["ephemeralContainers"].Items)
            containers.Add(Container(container, ContainerRole.Ephemeral, isPod));
        return containers.Count <= Max ? containers : throw ObjectErrors.TooMany(spec.Where, $"{Max} containers in one pod");
    }

    private static PodContainer Container(ObjectField container, ContainerRole role, bool isPod)
    {
        var command = Words(container["command"]);
        var arguments = Words(container["args"]);
        return new PodContainer(container["name"].Text ?? "", Image(container["image"], mayBeEmpty: false, isPod), role, container["image"].Where)
        {
            PullPolicy = Policy(container["imagePullPolicy"]),
            Command = command.Count == 0 ? null : [.. command, .. arguments],
            Arguments = command.Count > 0 || arguments.Count == 0 ? null : arguments,
        };
    }

    /// <summary>Only of a Pod the reference is required: a template may leave it to be filled in (core/validation, validateImageVolumeSource).</summary>
    private static PodContainer Volume(string name, ObjectField image, bool isPod) =>
        new(name, Image(image["reference"], mayBeEmpty: !isPod, isPod), ContainerRole.ImageVolume, image["reference"].Where)
        {
            PullPolicy = Policy(image["pullPolicy"]),
        };

    private static string Image(ObjectField image, bool mayBeEmpty, bool isPod)
    {
        var text = image.Text ?? "";
        if (text.Length == 0)
        {
            if (!mayBeEmpty && (!image.IsThere || image.Node?.Text == "")) image.Refuse("Required value");
        }
        else if (text.Trim().Length != text.Length)
        {
            var words = $"Invalid value: {GoText.Quote(text)}: must not have leading or trailing whitespace";
            if (isPod) image.Refuse(words);
            else image.Remark(Verdict.Failure, $"{image.Scope.Name}: the object is stored, but none of its pods: {image.Path}: {words}");
        }
        return text;
    }

    private static string? Policy(ObjectField policy)
    {
        if (policy.Text is not { Length: > 0 } text) return null;
        if (text is not ("Always" or "IfNotPresent" or "Never"))
            policy.Refuse($"""Unsupported value: {GoText.Quote(text)}: supported values: "Always", "IfNotPresent", "Never" """.TrimEnd());
        return text;
    }

    private static List<string> Words(ObjectField list)
    {
        var words = new List<string>();
        foreach (var item in list.Items)
            words.Add(item.Text ?? "");
        return words;
    }
}
