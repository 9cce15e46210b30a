using Cake.Core;

namespace Cake.Frosting.Hosting;

internal static class Cancellation
{
    /// <summary>Whether this is nothing but somebody's wish to stop.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        // HttpClient's timeouts are cancelled tasks; nobody wished for those.
        OperationCanceledException { InnerException: TimeoutException } => false,
        OperationCanceledException => true,
        // One real failure among parallel work cancels the rest, and is what happened.
        AggregateException several => several.InnerExceptions.All(Is),
        CakeReportException or CakeException => Is(exception.InnerException),
        _ => false,
    };
}
