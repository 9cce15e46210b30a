namespace Viaduct.Cli.Tests;

/// <param name="Command">What stands after the dollar sign.</param>
/// <param name="Shown">The lines below it.</param>
internal sealed record ImagesPageStep(string Command, string Shown)
{
    /// <summary>Leaves something behind that later commands need.</summary>
    public bool Prepares => !Command.StartsWith("viaduct simulate ", StringComparison.Ordinal) && !Command.StartsWith("viaduct why ", StringComparison.Ordinal) && Command != "echo $?";
}
