using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>The failures of reading a cluster's objects: VIA6020 to VIA6024. What is wrong inside of one object is a remark.</summary>
internal static class ObjectErrors
{
    public static ViaductException Nothing(string where) =>
        new("VIA6020", "no object of Kubernetes is here: nothing has a kind", where, "Did the command before the pipe fail, or is it another kind of YAML, such as helm's values?", ExitCode.Usage);

    public static ViaductException NoObject(string where) =>
        new("VIA6021", "a document that is no object of Kubernetes", where, "Each has to be a mapping with apiVersion, kind and metadata.", ExitCode.Usage);

    public static ViaductException EmptyFolder(string folder) =>
        new("VIA6022", "no file of this folder ends in .yaml, .yml or .json", folder, "Folders in it are not looked into; name them.", ExitCode.Usage);

    public static ViaductException TooMany(string where, string what) =>
        new("VIA6023", $"more than {what}", where, exit: ExitCode.Usage);

    public static ViaductException TooDeep(string where) =>
        new("VIA6024", "lists of objects within lists, deeper than anything writes them", where, exit: ExitCode.Usage);
}
