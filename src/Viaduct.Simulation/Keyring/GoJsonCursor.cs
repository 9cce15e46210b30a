namespace Viaduct.Simulation;

/// <summary>Walks over JSON that <see cref="GoJsonCheck"/> found whole: nothing can fail here.</summary>
internal ref struct GoJsonCursor(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;
    private int at;

    /// <summary>The next value in encoding/json's words.</summary>
    public string Kind()
    {
        SkipSpace();
        return data[at] switch
        {
            (byte)'{' => "object",
            (byte)'[' => "array",
            (byte)'"' => "string",
            (byte)'t' or (byte)'f' => "bool",
            (byte)'n' => "null",
            _ => "number",
        };
    }

    /// <summary>Goes into the object that comes next.</summary>
    public void Enter()
    {
        SkipSpace();
        at++;
    }

    /// <returns>False at the end of the object, which is left then.</returns>
    public bool Next(out string key)
    {
        SkipSpace();
        if (data[at] == ',')
        {
            at++;
            SkipSpace();
        }
        key = "";
        if (data[at] == '}')
        {
            at++;
            return false;
        }
        key = Text();
        SkipSpace();
        at++;
        return true;
    }

    public string Text()
    {
        SkipSpace();
        var from = at + 1;
        SkipText();
        return GoJsonText.Unquote(data[from..(at - 1)]);
    }

    /// <summary>Goes over the next value, however deep it is.</summary>
    public void Skip()
    {
        SkipSpace();
        var depth = 0;
        do
        {
            switch (data[at])
            {
                case (byte)'"':
                    SkipText();
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                default:
                    if (depth > 0) break;
                    while (at < data.Length && !" \t\r\n,]}"u8.Contains(data[at]))
                        at++;
                    return;
            }
            at++;
        }
        while (depth > 0);
    }

    private void SkipText()
    {
        for (at++; data[at] != '"'; at++)
            if (data[at] == '\\')
                at++;
        at++;
    }

    private void SkipSpace()
    {
        while (at < data.Length && data[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }
}
