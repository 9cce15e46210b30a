using Spectre.Console;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Execution;

namespace Viaduct.Cli.Printing;

/// <summary>The moving line of a terminal; the only place that knows Spectre.</summary>
internal static class LiveProgress
{
    public static async Task<T> RunAsync<T>(Caller caller, string what, Func<IProgress<JobEvent>?, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = caller.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(caller.Error),
        });
        return await console.Status().StartAsync(what, context => work(new Events(console, context, what, caller.Colour))).ConfigureAwait(false);
    }

    private sealed class Events(IAnsiConsole console, StatusContext context, string what, bool colour) : IProgress<JobEvent>
    {
        private int _done;

        public void Report(JobEvent value)
        {
            var subject = Failures.Printable(value.Subject);
            var detail = Failures.Printable(Shorten(value.Detail));
            if (value.IsPassing)
            {
                context.Status(Markup.Escape(Clip($"{what}, {_done} done: {subject} {detail}", console.Profile.Width - 4)));
                return;
            }
            // Without colours also without dimming: NO_COLOR is set where escapes are read as text.
            if (colour) console.MarkupLineInterpolated($"[green]{value.Verb,-9}[/] {subject} [dim]{detail}[/]");
            else console.WriteLine($"{value.Verb,-9} {subject} {detail}");
            context.Status($"{what}, {Interlocked.Increment(ref _done)} done");
        }

        /// <summary>A line that breaks would be left behind when the next one is drawn over it.</summary>
        private static string Clip(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…";

        /// <summary>A whole digest would break every line in two; the table that follows has it.</summary>
        private static string Shorten(string detail)
        {
            const int shown = 7 + 12;
            var start = detail.IndexOf("sha256:", StringComparison.Ordinal);
            return start < 0 || detail.Length < start + shown ? detail : detail[..(start + shown)];
        }
    }
}
