using System.Text;

namespace Viaduct.Cli.Terminal;

/// <summary>Reads an answer from the terminal.</summary>
internal static class Question
{
    private const int Most = 4096;

    /// <returns>null when the terminal ended.</returns>
    public static string? Ask(bool isSecret) => isSecret ? Hidden() : Console.ReadLine();

    /// <summary>Key by key: none of them is shown.</summary>
    private static string? Hidden()
    {
        var text = new StringBuilder();
        for (; ; )
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\n' or '\r') return text.ToString();
            // Ctrl-D on an empty line ends the input, as in shells.
            if (key.KeyChar == '\u0004' && text.Length == 0) return null;
            if (key.Key == ConsoleKey.Backspace && text.Length > 0) text.Length--;
            else if (!char.IsControl(key.KeyChar) && text.Length < Most) text.Append(key.KeyChar);
        }
    }
}
