using System.Text;

namespace Viaduct.Cli.Terminal;

/// <summary>Who called: its streams, its environment and its folder. Data goes to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
internal sealed class Caller : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard output as bytes; flushed at the end of the run.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard input as bytes, opened when it is read; null where there is none.</summary>
    public Func<Stream?> Input { get; init; } = () => null;

    /// <summary>Standard error; any thread may write a line.</summary>
    public required TextWriter Error { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InputIsTerminal { get; init; }

    /// <summary>Waits for a line from the terminal, shown while it is typed or not; null when the terminal ended.</summary>
    public Func<bool, string?> Ask { get; init; } = Question.Ask;

    public required string Folder { get; init; }

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The file name that this program was called by: as <c>docker</c> and as <c>docker-viaduct</c> it behaves as those do.</summary>
    public string InvokedAs { get; init; } = "viaduct";

    /// <summary>Lets another program do the work, with these streams: its file, its words, and one more variable. Answers its exit code.</summary>
    public Func<string, IReadOnlyList<string>, (string Name, string Value), Task<int>> Become { get; init; } = OtherProgram.BecomeAsync;

    /// <summary>Standard output as text.</summary>
    public TextWriter Text => field ??= new StreamWriter(Output, Utf8, 4096, leaveOpen: true) { NewLine = "\n" };

    // no-color.org: any value that is not empty.
    public bool Colour => ErrorIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>Written straight to the streams: <see cref="Console"/>'s own writers look at cultures and terminals first.</summary>
    public static Caller OfProcess() => new()
    {
        Output = Console.OpenStandardOutput(),
        Input = Console.OpenStandardInput,
        Error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), Utf8, 1024) { AutoFlush = true, NewLine = "\n" }),
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        InputIsTerminal = !Console.IsInputRedirected,
        Folder = Directory.GetCurrentDirectory(),
        InvokedAs = OwnName.OfProcess(),
    };

    // A console's stream does everything asynchronous on the thread pool: starting that costs more than writing.
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Text.Flush();
        Output.Write(bytes);
    }

    public void Flush()
    {
        Text.Flush();
        Output.Flush();
    }

    public void Dispose() => Output.Dispose();
}
