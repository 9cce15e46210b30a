using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Says what went wrong and which exit code it is.</summary>
internal static class Failure
{
    public static int Report(Exception exception, ICakeLog log)
    {
        if (Cancellation.Is(exception))
        {
            log.Error("Cancelled.");
            return ExitCodes.Cancelled;
        }

        var causes = Causes(exception).Where(cause => !Cancellation.Is(cause)).ToList();
        if (log.Verbosity == Verbosity.Diagnostic)
        {
            log.Error("Error: {0}", exception);
        }
        else
        {
            foreach (var cause in causes)
                log.Error("Error: {0}", Describe(cause));
        }

        return ExitCode(causes);
    }

    private static IEnumerable<Exception> Causes(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.SelectMany(Causes),
        CakeReportException { InnerException: { } inner } => Causes(inner),
        _ => [exception],
    };

    private static string Describe(Exception exception)
    {
        var text = exception.Message;
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!text.Contains(inner.Message, StringComparison.Ordinal))
                text += $"{Environment.NewLine}  because: {inner.Message}";
        }

        return text;
    }

    private static int ExitCode(IEnumerable<Exception> causes)
    {
        var code = causes.OfType<CakeException>().FirstOrDefault()?.ExitCode ?? ExitCodes.Failed;

        // Unix keeps eight bits of it: 256 would read as success.
        return code != 0 && (code & 0xFF) == 0 ? ExitCodes.Failed : code;
    }
}
