using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Parsing_a_Dockerfile
{
    private static Dockerfile Parse(string text) => Dockerfile.Parse("Dockerfile", text);

    private static T Only<T>(string text) where T : class => Assert.IsType<T>(Assert.Single(Parse("FROM scratch\n" + text).Stages[0].Instructions), exactMatch: false);

    private static ViaductException Fails(string text) => Assert.Throws<ViaductException>(() => Parse(text));

    [Theory]
    [InlineData("COPY a \\\n  b /c/", "a|b|/c/")]
    [InlineData("COPY a \\\n# a comment\n  b /c/", "a|b|/c/")]
    [InlineData("COPY a \\\n   # an indented comment\n  b /c/", "a|b|/c/")]
    [InlineData("COPY a \\\n\n\n  b /c/", "a|b|/c/")]
    [InlineData("COPY a \\  \t\n  b /c/", "a|b|/c/")]
    [InlineData("COPY a b\\\nc /c/", "a|bc|/c/")]
    [InlineData("COPY a b \\\r\n c /c/\r", "a|b|c|/c/")]
    [InlineData("copy a /b", "a|/b")]
    [InlineData("   COPY   a\t/b  ", "a|/b")]
    [InlineData("COPY a /b # no comment", "a|/b|#|no|comment")]
    [InlineData("COPY a /b\\", "a|/b")]
    [InlineData("COPY a /b\\\\\n", "a|/b\\\\")]
    public void Lines_are_joined_as_docker_joins_them(string text, string words)
    {
        var copy = Only<CopyInstruction>(text);
        Assert.Equal(words, string.Join('|', copy.Sources.Append(copy.Destination)));
    }

    [Fact]
    public void An_escape_directive_makes_the_backtick_join_lines_and_the_backslash_a_character()
    {
        var file = Parse("# escape=`\nFROM scratch\nCOPY c:\\a `\n /b\n");
        Assert.Equal('`', file.Escape);
        Assert.Equal("c:\\a", Assert.IsType<CopyInstruction>(file.Stages[0].Instructions[0]).Sources[0].Text);
    }

    [Theory]
    [InlineData("# syntax=docker/dockerfile:1\n# escape=`\n", '`')]
    [InlineData("#ESCAPE = `\n", '`')]
    [InlineData("# a comment\n# escape=`\n", '\\')]
    [InlineData("\n# escape=`\n", '\\')]
    [InlineData("# unknown=1\n# escape=`\n", '\\')]
    [InlineData("# check=skip=all\n# escape=`\n", '`')]
    public void Directives_stand_only_at_the_very_top(string head, char escape) => Assert.Equal(escape, Parse(head + "FROM scratch\n").Escape);

    [Fact]
    public void A_directive_that_stands_twice_or_names_another_escape_is_refused()
    {
        Assert.Equal("VIA2106", Fails("# escape=`\n# escape=`\nFROM scratch").Code);
        Assert.Equal("Dockerfile:1:1", Fails("# escape=x\nFROM scratch").Where);
    }

    [Fact]
    public void Every_word_knows_where_it_stood()
    {
        var file = Parse("# first\nFROM scratch\nCOPY --chown=1:2 \\\n  # between\n  source \\\n    /target\n");
        var copy = Assert.IsType<CopyInstruction>(file.Stages[0].Instructions[0]);
        Assert.Equal("Dockerfile:3:1", copy.Position.ToString());
        Assert.Equal("Dockerfile:3:6", copy.Chown!.Value.Position.ToString());
        Assert.Equal("Dockerfile:5:3", copy.Sources[0].Position.ToString());
        Assert.Equal("Dockerfile:6:5", copy.Destination.Position.ToString());
    }

    [Fact]
    public void More_stages_than_anybody_needs_are_refused_with_the_place_of_the_first_too_many()
    {
        var most = string.Concat(Enumerable.Repeat("FROM scratch\n", Dockerfile.MaxStages));
        Assert.Equal(1_000, Parse(most).Stages.Count);
        var error = Fails(most + "FROM scratch\n");
        Assert.Equal(("VIA2116", "Dockerfile:1001:1"), (error.Code, error.Where));
    }

    [Theory]
    [InlineData("COPY [\"a b\", \"/c\"]", "a b|/c")]
    [InlineData("COPY [ \"a\" , \"b\",\"/c/\" ]", "a|b|/c/")]
    [InlineData("COPY [\"a\", \"/c\"", "[\"a\",|\"/c\"")]
    [InlineData("COPY ['a', '/c']", "['a',|'/c']")]
    [InlineData("COPY [\"a\", \"/c\",]", "[\"a\",|\"/c\",]")]
    [InlineData("COPY [a] /c", "[a]|/c")]
    public void Brackets_that_are_no_JSON_are_words(string text, string words)
    {
        var copy = Only<CopyInstruction>(text);
        Assert.Equal(words, string.Join('|', copy.Sources.Append(copy.Destination)));
    }

    [Theory]
    [InlineData("CMD [\"a\", \"b c\"]", false, "a|b c")]
    [InlineData("CMD []", false, "")]
    [InlineData("CMD [\"\\u00e4\"]", false, "ä")]
    [InlineData("CMD echo \"hi\"  $X", true, "echo \"hi\"  $X")]
    [InlineData("CMD ['a']", true, "['a']")]
    [InlineData("CMD [ -f x ]", true, "[ -f x ]")]
    [InlineData("ENTRYPOINT [\"a\"] b", true, "[\"a\"] b")]
    public void A_command_is_JSON_or_a_line_for_the_shell(string text, bool shell, string words)
    {
        var command = Only<CommandInstruction>(text);
        Assert.Equal((shell, words), (command.Shell, string.Join('|', command.Words)));
    }

    [Fact]
    public void An_array_of_anything_but_strings_is_refused() => Assert.Contains("more than strings", Fails("FROM scratch\nCMD [\"a\", 1]").Message);

    [Theory]
    [InlineData("ENV a=1 b=2", "a=1;b=2")]
    [InlineData("ENV a 1 2  3", "a=1 2  3")]
    [InlineData("ENV a=\"1 2\" b='3 4'", "a=\"1 2\";b='3 4'")]
    [InlineData("ENV a=1\\ 2", "a=1\\ 2")]
    [InlineData("ENV a b=c", "a=b=c")]
    [InlineData("LABEL a=", "a=")]
    [InlineData("LABEL \"a b\"=c", "\"a b\"=c")]
    [InlineData("ENV a=1 \\\n b=2", "a=1;b=2")]
    [InlineData("ENV a=x=y", "a=x=y")]
    public void ENV_and_LABEL_have_two_forms(string text, string pairs) =>
        Assert.Equal(pairs, string.Join(';', Only<PairsInstruction>(text).Pairs.Select(p => $"{p.Key}={p.Value}")));

    [Theory]
    [InlineData("ENV a=1 b", "VIA2106")]
    [InlineData("ENV a", "VIA2107")]
    [InlineData("ENV", "VIA2107")]
    [InlineData("ENV =1", "VIA2106")]
    [InlineData("COPY a", "VIA2107")]
    [InlineData("COPY", "VIA2107")]
    [InlineData("COPY --frm=a b /c", "VIA2109")]
    [InlineData("COPY --chown a /c", "VIA2106")]
    [InlineData("COPY --chown=1 --chown=2 a /c", "VIA2106")]
    [InlineData("ENV --x=1 a=b", "VIA2109")]
    [InlineData("EXPOSE", "VIA2107")]
    [InlineData("USER", "VIA2107")]
    [InlineData("WORKDIR", "VIA2107")]
    [InlineData("CMD", "VIA2107")]
    [InlineData("ARG", "VIA2107")]
    [InlineData("ARG =x", "VIA2106")]
    [InlineData("FROM a b", "VIA2107")]
    [InlineData("FROM", "VIA2107")]
    [InlineData("FROM a AS 1b", "VIA2106")]
    [InlineData("FROM a AS b/c", "VIA2106")]
    [InlineData("FROM --plattform=x a", "VIA2109")]
    [InlineData("CPOY a /b", "VIA2108")]
    public void Mistakes_are_named_with_their_line(string line, string code)
    {
        var error = Fails("FROM scratch\n\n" + line);
        Assert.Equal(code, error.Code);
        Assert.StartsWith("Dockerfile:3:", error.Where);
    }

    [Theory]
    [InlineData("CPOY a /b", "Did you mean COPY?")]
    [InlineData("FORM x", "Did you mean FROM?")]
    [InlineData("ENTRYPONT x", "Did you mean ENTRYPOINT?")]
    [InlineData("./configure", null)]
    [InlineData("XYZZYXYZZY", null)]
    public void An_unknown_instruction_suggests_its_nearest(string line, string? advice) => Assert.Equal(advice, Fails("FROM scratch\n" + line).Todo);

    [Theory]
    [InlineData("", "VIA2105")]
    [InlineData("# only a comment\n\n", "VIA2105")]
    [InlineData("ARG a=1\n", "VIA2105")]
    [InlineData("COPY a /b\nFROM scratch", "VIA2106")]
    public void A_file_without_a_stage_is_refused(string text, string code) => Assert.Equal(code, Fails(text).Code);

    [Theory]
    [InlineData("RUN echo", "RUN")]
    [InlineData("ADD --keep-git-dir a /b", "ADD --keep-git-dir")]
    [InlineData("ADD https://example.com/x /b", "ADD of an address without --checksum")]
    [InlineData("ADD https://user:secret@example.com/x /b", "ADD of an address with a user name")]
    [InlineData("ADD a git@example.com:a/b /b/", "ADD of a git address")]
    public void What_the_embedded_builder_leaves_to_others_is_marked_by_name(string text, string feature) =>
        Assert.Equal(feature, Only<Instruction>(text).Foreign!.Value.Text);

    [Theory]
    [InlineData("RUN <<EOF\nFROM nothing\nNONSENSE\nEOF\n")]
    [InlineData("RUN cat <<-\"E O\" > /x\n\t\tNONSENSE\n\tE O\n")]
    [InlineData("RUN <<A cat; <<B\nNONSENSE\nA\nMORE\nB\n")]
    public void The_body_of_a_heredoc_is_not_read_as_instructions(string text)
    {
        var file = Parse("FROM scratch\n" + text + "COPY a /b\n");
        Assert.Equal(["RUN", "COPY"], file.Stages[0].Instructions.Select(i => i.Name));
    }

    [Theory]
    [InlineData("COPY a<<b /c")]
    [InlineData("COPY \"<<a\" b<<<c /d")]
    public void Two_angles_in_a_word_are_no_heredoc(string text) => Assert.Null(Only<CopyInstruction>(text).Foreign);

    [Fact]
    public void A_heredoc_without_an_end_is_refused() => Assert.Contains("has no end", Fails("FROM scratch\nRUN <<EOF\nx\n").Message);
}
