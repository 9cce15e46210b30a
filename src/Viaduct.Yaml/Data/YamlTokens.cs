using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Viaduct.Yaml;

internal sealed class YamlTokens(TextReader text, string shownAs) : IDataTokens
{
    private readonly Parser _parser = new(text);

    public DataToken Token { get; private set; }
    public DataKind Kind { get; private set; }
    public string? Text { get; private set; }
    public string? Anchor { get; private set; }
    public int Document { get; private set; }
    public int Line { get; private set; }
    public int Column { get; private set; }

    public bool Next()
    {
        try
        {
            while (_parser.MoveNext())
                if (Take(_parser.Current!)) return true;
        }
        catch (YamlException e)
        {
            var why = e.InnerException?.Message ?? e.Message;
            throw YamlErrors.NotYaml($"{shownAs}:{Math.Max(1, e.Start.Line)}:{Math.Max(1, e.Start.Column)}", why.Split('\n')[0]);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // YamlDotNet leaks these from what its scanner did not expect; they know no place but the last good one.
            throw YamlErrors.NotYaml($"{shownAs}:{Math.Max(1, Line)}:{Math.Max(1, Column)}", "something behind this is not what YAML has");
        }
        Token = DataToken.End;
        return false;
    }

    public bool TryPass() => false;

    private bool Take(ParsingEvent e)
    {
        if (e is DocumentStart) Document++;
        var token = e switch
        {
            Scalar => DataToken.Scalar,
            MappingStart => DataToken.MapStart,
            MappingEnd => DataToken.MapEnd,
            SequenceStart => DataToken.ListStart,
            SequenceEnd => DataToken.ListEnd,
            AnchorAlias => DataToken.Alias,
            _ => DataToken.End,
        };
        if (token == DataToken.End) return false;
        Token = token;
        (Line, Column) = ((int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column));
        Anchor = e is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        Text = e switch { Scalar scalar => scalar.Value, AnchorAlias alias => alias.Value.Value, _ => null };
        Kind = e is Scalar value ? KindOf(value) : DataKind.Nothing;
        return true;
    }

    private static DataKind KindOf(Scalar scalar) =>
        !scalar.Tag.IsEmpty ? (scalar.Tag.Value == "tag:yaml.org,2002:null" ? DataKind.Nothing : DataKind.Text)
        : scalar.Style == ScalarStyle.Plain ? PlainScalars.KindOf(scalar.Value) : DataKind.Text;
}
