using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Errors;

/// <summary>The one place where failures become lines on standard error and an exit code.</summary>
internal static class Failures
{
    public static async Task<int> GuardAsync(Caller caller, Func<Task<ExitCode>> work, CancellationToken cancellationToken)
    {
        try
        {
            return (int)await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            caller.Error.WriteLine("cancelled");
            return (int)ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            var failure = SystemErrors.Of(e);
            caller.Error.WriteLine("error " + Printable(failure.Render()));
            CiWords.Error(caller, failure);
            if (caller.Variable("VIADUCT_DEBUG") == "1") caller.Error.WriteLine(e.ToString());
            return (int)failure.Exit;
        }
    }

    /// <summary>Words of registries and files reach messages; what they hold must not steer a terminal.</summary>
    public static string Printable(string text) =>
        string.Create(text.Length, text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(text[i]) && text[i] is not '\n' ? '?' : text[i];
        });
}
