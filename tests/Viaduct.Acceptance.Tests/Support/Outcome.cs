using System.Text;

namespace Viaduct.Acceptance.Tests;

/// <summary>What a process said and how it ended.</summary>
internal sealed record Outcome(string Line, int Exit, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);

    public Outcome MustSucceed()
    {
        Assert.True(Exit == 0, $"{Line}\nended with {Exit}:\n{Error}{Text}");
        return this;
    }
}
