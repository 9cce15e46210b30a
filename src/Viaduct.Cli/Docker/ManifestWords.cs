using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary>
/// What is said besides data. Scripts look for docker's words: those come first and as docker has them, and what is known besides
/// follows on a line of its own that begins with <c>viaduct: </c>.
/// </summary>
internal static class ManifestWords
{
    /// <summary>docker's exit code when flags cannot be understood.</summary>
    public const int FlagError = 125;

    /// <summary>Every line is marked, so that what is left without marked lines is docker's.</summary>
    public static void Note(Caller caller, string text) => Docker(caller, "viaduct: " + text.Replace("\n", "\nviaduct: ", StringComparison.Ordinal));

    public static void Docker(Caller caller, string words) => caller.Error.WriteLine(Failures.Printable(words));

    public static async Task<int> GuardAsync(Caller caller, Func<Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            var exit = await work().ConfigureAwait(false);
            caller.Flush();
            return exit;
        }
        catch (Exception e)
        {
            var exit = Tell(caller, e, cancellationToken);
            FlushWhatGoes(caller);
            return (int)exit;
        }
    }

    private static ExitCode Tell(Caller caller, Exception e, CancellationToken cancellationToken)
    {
        if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            Note(caller, "cancelled");
            return ExitCode.Cancelled;
        }
        if (e is ManifestException said) Docker(caller, said.Words);
        if (e is not ManifestException { HasMore: false }) Note(caller, SystemErrors.Of(e).Render());
        if (caller.Variable("VIADUCT_DEBUG") == "1") Note(caller, e.ToString());
        return ExitCode.Failed;
    }

    /// <summary>What was printed before the failure is data, too; that it cannot be written may be the failure itself.</summary>
    private static void FlushWhatGoes(Caller caller)
    {
        try
        {
            caller.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something was told already, and there is one exit code.
        }
    }
}
