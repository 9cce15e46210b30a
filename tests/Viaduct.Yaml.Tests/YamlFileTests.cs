using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Yaml.Tests;

public sealed class YamlFileTests
{
    [Theory]
    [InlineData("a: 1", "map")]
    [InlineData("{a: 1}", "map")]
    [InlineData("""{"a": 1}""", "map")]
    [InlineData("- a\n- b", "list")]
    [InlineData("""["a", "b"]""", "list")]
    [InlineData("[]", "list")]
    [InlineData("a", "text")]
    [InlineData("'~'", "text")]
    [InlineData("''", "text")]
    [InlineData("", "null")]
    [InlineData("# nothing", "null")]
    [InlineData("---\n", "null")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    public void The_root_of_a_document_can_be_of_any_kind(string text, string kind)
    {
        var root = YamlFile.ParseValue(text, "f.yaml");
        Assert.Equal(kind, root.IsNull ? "null" : root.Map is not null ? "map" : root.Items is not null ? "list" : root.Text is not null ? "text" : "none");
    }

    [Theory]
    [InlineData("a: 1")]
    [InlineData("!!str a: 1")]
    [InlineData("!own a: 1")]
    [InlineData("'a': 1")]
    public void A_member_is_found_however_its_name_is_written(string text)
    {
        var map = YamlFile.ParseValue(text, "f.yaml").Map!;
        Assert.Equal(("a", "1"), (Assert.Single(map.Keys), map.Text("a")));
    }

    [Fact]
    public void Values_know_their_places()
    {
        var root = YamlFile.ParseValue("- a\n-   b: [c,\n      d]\n", "f.yaml");

        Assert.Equal("f.yaml:1:1", root.Where);
        Assert.Equal("f.yaml:1:3", root.Items![0].Where);
        Assert.Equal("f.yaml:2:5", root.Items[1].Where);
        Assert.Equal("f.yaml:3:7", root.Items[1].Map!.Value("b")!.Items![1].Where);
        Assert.Null(root.Items[1].Map!.Value("x"));
        Assert.Equal("f.yaml:2:5", root.Items[1].Map!.Where("x"));
    }

    [Theory]
    [InlineData("1.30", "1.30")]
    [InlineData("true", "true")]
    [InlineData("0x10", "0x10")]
    [InlineData("\"a b\"", "a b")]
    public void A_text_is_as_it_is_written_and_no_number(string text, string expected) => Assert.Equal(expected, YamlFile.ParseValue(text, "f").Text);

    [Theory]
    [InlineData("- a", "VIA2005: f.yaml:1:1: 'the document' has to be a mapping")]
    [InlineData("a", "VIA2005: f.yaml:1:1: 'the document' has to be a mapping")]
    [InlineData("a: 1\n---\nb: 2", "VIA2002: f.yaml: is not YAML: it holds more than one document")]
    [InlineData("a: &x 1\nb: *x", "VIA2002: f.yaml:2:4: is not YAML: aliases are not used here; write the value out")]
    [InlineData("a: 1\na: 2", "VIA2002: f.yaml:2:1: is not YAML: Duplicate key a")]
    public void What_is_no_mapping_is_refused_with_its_place(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<ViaductException>(() => YamlFile.Parse(text, "f.yaml")).Render());

    [Fact]
    public void What_a_stranger_wrote_is_shown_short_and_without_what_a_terminal_obeys()
    {
        var error = Assert.Throws<ViaductException>(() => YamlFile.Parse($"\"\\e[1m{new string('x', 900)}\": 1", "f").Only(["a"]));
        Assert.Equal($"there is no key '?[1m{new string('x', 115)}…' here", error.Message);
        Assert.True(Assert.Throws<ViaductException>(() => YamlFile.Parse($"? {new string('x', 900)}\n? {new string('x', 900)}\n", "f")).Message.Length < 250);
    }

    [Theory]
    [InlineData("{a: ", "}")]
    [InlineData("[", "]")]
    public void Depth_is_bounded(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => YamlFile.ParseValue(deep, "f")).Code);
    }

    [Fact]
    public void Size_is_bounded_before_a_file_is_read()
    {
        var path = Path.Combine(Path.GetTempPath(), $"viaduct-{Guid.NewGuid():N}.yaml");
        try
        {
            using (var file = File.Create(path)) file.SetLength(YamlFile.MaxBytes + 1);
            Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => YamlFile.Read(path, "f")).Code);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Equal("VIA2001: f: cannot be read: it does not exist", Assert.Throws<ViaductException>(() => YamlFile.Read(path, "f")).Render());
    }

    [Fact]
    public void A_device_without_an_end_is_bounded_too()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "this system has no /dev/zero");
        Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => YamlFile.Read("/dev/zero", "f")).Code);
    }

    [Fact]
    public void A_file_of_the_largest_size_is_read_with_or_without_its_mark()
    {
        var path = Path.Combine(Path.GetTempPath(), $"viaduct-{Guid.NewGuid():N}.yaml");
        try
        {
            File.WriteAllText(path, "a: é\n" + new string('#', YamlFile.MaxBytes - 6), new System.Text.UTF8Encoding(false));
            Assert.Equal("é", YamlFile.Read(path, "f").Text("a"));
            File.WriteAllText(path, "a: é\n", new System.Text.UTF8Encoding(true));
            Assert.Equal("é", YamlFile.Read(path, "f").Text("a"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_anchor_that_nobody_uses_is_read() => Assert.Equal("1", YamlFile.Parse("a: &x 1", "f").Text("a"));

    [Fact]
    public void Whatever_a_text_holds_it_is_read_or_refused()
    {
        string[] words = ["a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", ": ", "? ", "| ", "> ", "'", "\"", "\\", "&x ", "*x", "!!int ", "!<", "%YAML 9\n", "---", "...", "#", "~", "\t", "\0", "\uFEFF", "\uD800", "é", "<<: "];
        var (read, refused) = (0, 0);
        Gen.OneOf(Gen.String[0, 20], Gen.OneOf(words.Select(Gen.Const).ToArray()).Array[0, 40].Select(string.Concat)).Sample(text =>
        {
            try
            {
                Walk(YamlFile.ParseValue(text, "f"));
                Interlocked.Increment(ref read);
            }
            catch (ViaductException)
            {
                Interlocked.Increment(ref refused);
            }
        }, iter: 20_000);
        Assert.True(read > 500 && refused > 500, $"{read} read, {refused} refused");
    }

    private static void Walk(YamlValue value)
    {
        Assert.StartsWith("f:", value.Where, StringComparison.Ordinal);
        foreach (var item in value.Items ?? []) Walk(item);
        _ = value.Text;
        value.Map?.Where("a");
        _ = value.Map?.Value("a")?.Text;
    }
}
