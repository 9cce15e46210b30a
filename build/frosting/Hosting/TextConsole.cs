using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>A console without colours: a pipe, a file, a terminal whose user asked for none.</summary>
internal sealed class TextConsole(TextWriter output, TextWriter error) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; }
    public ConsoleColor BackgroundColor { get; set; }
    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => output.Write(format, arg);
    public void Write(string value) => output.Write(value);
    public void WriteLine(string format, params object[] arg) => output.WriteLine(format, arg);
    public void WriteLine(string value) => output.WriteLine(value);
    public void WriteError(string format, params object[] arg) => error.Write(format, arg);
    public void WriteError(string value) => error.Write(value);
    public void WriteErrorLine(string format, params object[] arg) => error.WriteLine(format, arg);
    public void WriteErrorLine(string value) => error.WriteLine(value);
    public void ResetColor() { }
}
