using System.Text;
using System.Text.Json;
using CsCheck;

namespace Viaduct.Oci.Tests;

/// <summary>Escapes are held to docker's own output in ManifestListTests ("escapes"); here are the shapes.</summary>
public sealed class GoJsonWriterTests
{
    private static string Text(GoJsonWriter json) => Encoding.UTF8.GetString(json.ToBytes());

    private static GoJsonWriter Shapes(string? indent) => new GoJsonWriter(indent).BeginObject()
        .Name("a").BeginObject().EndObject()
        .Name("b").BeginArray().EndArray()
        .Name("c").BeginArray().Number(-1).BeginArray().EndArray().BeginObject().Name("d").Null().Name("e").Boolean(true).EndObject().EndArray()
        .Name("f").String("x")
        .EndObject();

    [Fact]
    public void Compact_is_json_Marshal() =>
        Assert.Equal("""{"a":{},"b":[],"c":[-1,[],{"d":null,"e":true}],"f":"x"}""", Text(Shapes(null)));

    [Fact]
    public void Indented_is_json_MarshalIndent() => Assert.Equal(
        "{\n  \"a\": {},\n  \"b\": [],\n  \"c\": [\n    -1,\n    [],\n    {\n      \"d\": null,\n      \"e\": true\n    }\n  ],\n  \"f\": \"x\"\n}",
        Text(Shapes("  ")));

    [Theory]
    [InlineData("<a>&", "\\u003ca\\u003e\\u0026")]
    [InlineData("\u2028\u2029", "\\u2028\\u2029")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("\b\f\n\r\t\v\0", "\\b\\f\\n\\r\\t\\u000b\\u0000")]
    [InlineData("\u007fäü€\U0001F600", "\u007fäü€\U0001F600")]
    public void Strings_are_escaped_as_Go_escapes_them(string value, string written) =>
        Assert.Equal($"\"{written}\"", Text(new GoJsonWriter().String(value)));

    [Fact]
    public void Half_a_surrogate_pair_is_the_replacement_character() =>
        Assert.Equal("\"\ufffdx\ufffd\"", Text(new GoJsonWriter().String("\ud800x\udc00")));

    [Fact]
    public void Names_are_escaped_too() => Assert.Equal("{\"\\u003c\":1}", Text(new GoJsonWriter().BeginObject().Name("<").Number(1).EndObject()));

    [Fact]
    public void Maps_are_in_the_order_of_their_bytes() => Assert.Equal(
        "{\"m\":{\"A\":\"1\",\"a\":\"2\",\"\ue000\":\"3\",\"\U00010000\":\"4\"}}",
        Text(new GoJsonWriter().BeginObject().Map("m", new Dictionary<string, string> { ["\U00010000"] = "4", ["a"] = "2", ["\ue000"] = "3", ["A"] = "1" }).EndObject()));

    [Fact]
    public void Byte_order_is_the_order_of_UTF_8() =>
        Gen.Select(Gen.Char["a\u00e4\u0800\ud7ff\ue000\uffff"].Array[0, 3], Gen.Int[0x10000, 0x10ffff]).Array[2].Sample(pairs =>
        {
            string Make((char[] chars, int rune) p) => new string(p.chars.Where(c => !char.IsSurrogate(c)).ToArray()) + (p.rune % 2 == 0 ? char.ConvertFromUtf32(p.rune) : "");
            var (x, y) = (Make(pairs[0]), Make(pairs[1]));
            return Math.Sign(ByteOrder.Instance.Compare(x, y)) == Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));
        });

    [Fact]
    public void Any_string_is_read_back() => Gen.String.Sample(text =>
    {
        using var document = JsonDocument.Parse(new GoJsonWriter().String(text).ToBytes());
        return document.RootElement.GetString() == string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
    });

    [Fact]
    public void A_raw_value_stays_as_it_is() => Assert.Equal("""{"a":{ "x" : 1.0 },"b":2}""",
        Text(new GoJsonWriter().BeginObject().Name("a").Raw("""{ "x" : 1.0 }""").Name("b").Number(2).EndObject()));
}
