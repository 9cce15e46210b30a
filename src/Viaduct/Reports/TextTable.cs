using System.Text;

namespace Viaduct.Reports;

/// <summary>Columns of plain text, each as wide as its widest cell.</summary>
public sealed class TextTable(params string[] head)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Plain)]);

    /// <summary>Paths and platforms are words of strangers: none reaches a terminal as a control sequence, and none begins a line of its own.</summary>
    internal static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    /// <param name="paint">Colours a padded cell that is neither of the first line nor of the first column; none on a pipe.</param>
    public string Render(Func<string, string>? paint = null)
    {
        var all = _rows.Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Length).Select(c => all.Max(r => r[c].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            var line = new StringBuilder();
            for (var c = 0; c < row.Length; c++)
            {
                var cell = c == row.Length - 1 ? row[c] : row[c].PadRight(widths[c] + 2);
                line.Append(paint is null || c == 0 || row == head ? cell : paint(cell));
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString();
    }

    public string RenderMarkdown()
    {
        var text = new StringBuilder();
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (var row in _rows) Row(row);
        return text.ToString();

        void Row(string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|"))).Append(" |\n");
    }
}
