using System.Text;
using CsCheck;

namespace Viaduct.Oci.Tests;

public sealed class GoJsonTests
{
    [Theory]
    [InlineData("""{ "a" : [ 1 , 2.50e+3 ] }""", """{"a":[1,2.50e+3]}""")]
    [InlineData("{\r\n\t\"b\": true, \"a\": null }\n", """{"b":true,"a":null}""")]
    [InlineData("""{"a b":"c  d\t\"e\\"}""", """{"a b":"c  d\t\"e\\"}""")]
    [InlineData("""{"<":"&>"}""", """{"\u003c":"\u0026\u003e"}""")]
    [InlineData("\"\u2028 \u2029 \u2027 \u20AC\"", "\"\\u2028 \\u2029 \u2027 \u20AC\"")]
    [InlineData("""["\u003C","\\<","\"<"]""", """["\u003C","\\\u003c","\"\u003c"]""")]
    [InlineData("[]", "[]")]
    [InlineData("", "")]
    public void Compact_is_json_Marshal_of_a_raw_message(string json, string compact) =>
        Assert.Equal(compact, Encoding.UTF8.GetString(GoJson.Compact(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"a":[1,{"b":"c"}],"d":{}}""", "{\n-\"a\": [\n--1,\n--{\n---\"b\": \"c\"\n--}\n-],\n-\"d\": {}\n}")]
    [InlineData("""[ [ ] , { } ]""", "[\n-[],\n-{}\n]")]
    [InlineData("""{"a":"x,{}[]: \"\\"}""", "{\n-\"a\": \"x,{}[]: \\\"\\\\\"\n}")]
    [InlineData("  [1]  \n", "[\n-1\n]  \n")]
    [InlineData("\"<&>\"", "\"<&>\"")]
    [InlineData("", "")]
    public void Indent_is_json_Indent(string json, string indented) =>
        Assert.Equal(indented, Encoding.UTF8.GetString(GoJson.Indent(Encoding.UTF8.GetBytes(json), "-"u8)));

    [Fact]
    public void What_is_written_with_an_indent_becomes_what_is_written_without_one_and_back() => Values.Sample(write =>
    {
        var (compact, indented) = (write(new GoJsonWriter()).ToBytes(), write(new GoJsonWriter("   ")).ToBytes());
        Assert.Equal(compact, GoJson.Compact(indented));
        Assert.Equal(compact, GoJson.Compact(compact));
        Assert.Equal(indented, GoJson.Indent(compact, "   "u8));
        Assert.Equal(indented, GoJson.Indent(indented, "   "u8));
    }, iter: 2000);

    private static readonly Gen<string> Text = Gen.OneOf("", "a", "<b>", "\"", "\\", "{}", "[,]: ", "\u2028", "\n", "é\\u003c");

    private static readonly Gen<Func<GoJsonWriter, GoJsonWriter>> Values = Gen.Recursive<Func<GoJsonWriter, GoJsonWriter>>((depth, inner) =>
    {
        var leaf = Text.Select(t => (Func<GoJsonWriter, GoJsonWriter>)(w => w.String(t)));
        return depth > 4 ? leaf : Gen.OneOf(leaf,
            inner.Array[0, 3].Select(items => (Func<GoJsonWriter, GoJsonWriter>)(w => items.Aggregate(w.BeginArray(), (x, i) => i(x)).EndArray())),
            Gen.Select(Text, inner).Array[0, 3].Select(members => (Func<GoJsonWriter, GoJsonWriter>)(w => members.Aggregate(w.BeginObject(), (x, m) => m.Item2(x.Name(m.Item1))).EndObject())));
    });

    [Fact]
    public void Of_what_is_no_json_they_make_something_and_no_exception() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        GoJson.Compact(bytes);
        GoJson.Indent(bytes, "\t"u8);
    }, iter: 5000);
}
