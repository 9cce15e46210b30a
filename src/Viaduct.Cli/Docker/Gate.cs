using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Docker;

/// <summary>
/// <c>DOCKER_CLI_EXPERIMENTAL</c>, else <c>experimental</c> in config.json, as docker 18.06 to 19.03 have it (cli/config/configfile, cmd/docker isSupported):
/// exactly <c>enabled</c> or <c>disabled</c>. Where viaduct stands for a docker of today, only <c>disabled</c> closes the gate.
/// </summary>
internal static class Gate
{
    private const string Variable = "DOCKER_CLI_EXPERIMENTAL";

    /// <param name="path">The command as docker's message names it.</param>
    /// <param name="help">True when help was asked for: docker says the same on the other stream, and does not fail.</param>
    /// <returns>The exit code of a refusal; null when the gate is open.</returns>
    public static int? Check(string path, bool help, bool strict, DockerFolder folder, Caller caller)
    {
        Warn(strict, folder, caller);
        var variable = caller.Variable(Variable) ?? "";
        var value = variable.Length > 0 ? variable : folder.Experimental;
        if (strict && value is not ("" or "enabled" or "disabled"))
        {
            ManifestWords.Docker(caller, $"Experimental field: \"{value}\" is not valid, should be either enabled or disabled");
            ManifestWords.Note(caller, $"{(variable.Length > 0 ? $"the variable {Variable}" : folder.File)} says so; {Enable(folder)}");
            return 1;
        }
        if (strict ? value == "enabled" : value != "disabled") return null;
        var refusal = $"{path} is only supported on a Docker cli with experimental cli features enabled";
        if (help) caller.Text.Write(refusal + "\n");
        else ManifestWords.Docker(caller, refusal);
        ManifestWords.Note(caller, Enable(folder));
        return help ? 0 : 1;
    }

    private static string Enable(DockerFolder folder) => $"export {Variable}=enabled enables it, or \"experimental\": \"enabled\" in {folder.File}";

    private static void Warn(bool strict, DockerFolder folder, Caller caller)
    {
        if (folder.Mismatch is { } type)
        {
            var go = $"json: cannot unmarshal {type} into Go struct field ConfigFile.experimental of type string";
            ManifestWords.Docker(caller, strict ? $"WARNING: Error loading config file: {folder.File}: {go}" : $"WARNING: Error parsing config file ({folder.File}): {go}");
        }
        // Otherwise what is wrong with the file is said by whoever needs credentials from it.
        else if (strict && folder.Problem is { } problem) ManifestWords.Note(caller, $"{folder.File} says nothing of experimental features: {problem}");
    }
}
