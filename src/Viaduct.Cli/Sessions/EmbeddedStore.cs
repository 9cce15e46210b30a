using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Server;

namespace Viaduct.Cli.Sessions;

/// <summary>The registry that belongs to a folder: its store below <c>.viaduct/</c>, served while a verb needs it.</summary>
internal static class EmbeddedStore
{
    public const string PortVariable = "VIADUCT_PORT";

    public static string FolderOf(string root) => Path.Combine(root, ".viaduct", "registry");

    /// <summary>A rehearsal begins with what was pushed in it before, and never touches what the set's own registry holds.</summary>
    public static string FolderOf(string root, Rehearsal? rehearsal) =>
        rehearsal is null ? FolderOf(root) : Path.Combine(root, ".viaduct", "rehearsal", rehearsal.Name);

    public static int Port(Caller caller) => Inputs.Port(caller.Variable(PortVariable), PortVariable) ?? EmbeddedRegistry.DefaultPort;

    public static string Address(Caller caller) => $"127.0.0.1:{Port(caller)}";

    /// <summary>Whether a name is of the address where the embedded registry of a folder listens, whichever process serves it.</summary>
    public static bool IsAt(Reference name, Caller caller) =>
        RegistryAddress.IsLoopback(name.Registry) && name.Registry.EndsWith($":{Port(caller)}", StringComparison.Ordinal);

    public static async Task<EmbeddedRegistry> OpenAsync(string root, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await EmbeddedRegistry.OpenAsync(new EmbeddedRegistryOptions { Store = FolderOf(root), Port = Port(caller) }, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code == "VIA4001")
        {
            // The verbs that come here have no --port.
            throw new ViaductException(e.Code, e.Message, e.Where, $"Stop the process that listens there, choose another port with {PortVariable} (0 takes any free one), or name a registry with --registry.", e.Exit, e);
        }
    }

    /// <summary>Serves the folder's store when one of the references is in it; when something else already answers at that address, that is what was meant.</summary>
    public static async Task<EmbeddedRegistry?> OpenForAsync(IEnumerable<Reference> references, string root, Caller caller, CancellationToken cancellationToken)
    {
        if (!references.Any(r => IsAt(r, caller)) || !Directory.Exists(FolderOf(root))) return null;
        try
        {
            return await OpenAsync(root, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code == "VIA4001")
        {
            return null;
        }
    }
}
