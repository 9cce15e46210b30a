using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Collects characters into words; what is added whole never splits.</summary>
internal sealed class WordCollector
{
    private readonly StringBuilder _word = new();
    private readonly List<string> _words = [];

    public void Add(char c)
    {
        if (!char.IsWhiteSpace(c)) _word.Append(c);
        else End();
    }

    public void AddSplitting(string text)
    {
        foreach (var c in text) Add(c);
    }

    public void AddWhole(string text) => _word.Append(text);

    public List<string> Finish()
    {
        End();
        return _words;
    }

    private void End()
    {
        if (_word.Length == 0) return;
        _words.Add(_word.ToString());
        _word.Clear();
    }
}
