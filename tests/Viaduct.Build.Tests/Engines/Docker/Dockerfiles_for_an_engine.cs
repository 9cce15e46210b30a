using Viaduct.Build.Dockerfiles;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class Dockerfiles_for_an_engine
{
    private static SentDockerfile Rewrite(string text, bool classic = false, string? target = null)
    {
        var dockerfile = Dockerfile.Parse("Dockerfile", text);
        var request = new BuildRequest
        {
            Name = "test", Context = "/nowhere", Dockerfile = "Dockerfile", Platform = Platform.Parse("linux/arm64"), Bases = new FakeBases(), Target = target,
            Engine = new EngineOptions { Classic = classic },
        };
        return new DockerfileRewriter(dockerfile, new StageGraph(dockerfile, request), text, request).Rewrite(s => "N/" + s.Image);
    }

    [Theory]
    [InlineData("FROM a", "FROM N/a")]
    [InlineData("# syntax=docker/dockerfile:1\r\n# why\r\nFROM  a:1  AS x\r\nRUN b\r\n", "# syntax=docker/dockerfile:1\r\n# why\r\nFROM  N/a:1  AS x\r\nRUN b\r\n")]
    [InlineData("ARG A=a\nFROM $A\n", "ARG A=a\nFROM N/a\n")]
    [InlineData("ARG A=a\nFROM ${A:-b} AS x\nFROM x", "ARG A=a\nFROM N/a AS x\nFROM x")]
    [InlineData("FROM --platform=linux/amd64 a", "FROM --platform=linux/amd64 N/a")]
    [InlineData("FROM \\\n  a \\\n  AS x\n", "FROM \\\n  N/a \\\n  AS x\n")]
    [InlineData("FROM scratch\nCOPY --from=a /x /", "FROM scratch\nCOPY --from=N/a /x /")]
    [InlineData("FROM scratch\nCOPY --chmod=755 --from=\"a\" /x /", "FROM scratch\nCOPY --chmod=755 --from=N/a /x /")]
    [InlineData("FROM a AS b\nFROM scratch\nCOPY --from=b /x /\nCOPY --from=0 /x /", "FROM N/a AS b\nFROM scratch\nCOPY --from=b /x /\nCOPY --from=0 /x /")]
    [InlineData("FROM a AS b\nRUN x\nFROM scratch\nCOPY x /", "FROM a AS b\nRUN x\nFROM scratch\nCOPY x /")]
    [InlineData("FROM a\nRUN --mount=from=b,target=/m --mount=type=bind,source=from=b,from=c,target=/n x", "FROM N/a\nRUN --mount=from=N/b,target=/m --mount=type=bind,source=from=b,from=N/c,target=/n x")]
    [InlineData("FROM a\nRUN --mount=\"type=bind,from=b\" from=b", "FROM N/a\nRUN --mount=\"type=bind,from=N/b\" from=b")]
    [InlineData("FROM a\nRUN <<E\nFROM a\nE\n", "FROM N/a\nRUN <<E\nFROM a\nE\n")]
    public void Images_get_the_engines_names_and_all_else_stays(string text, string expected)
    {
        var sent = Rewrite(text);
        Assert.Equal(expected, sent.Text);
        Assert.Equal((null, false), (sent.Target, sent.HasContextStage));
    }

    [Theory]
    [InlineData(".", true)]
    [InlineData("./", true)]
    [InlineData("/", true)]
    [InlineData("../.", true)]
    [InlineData("*", true)]
    [InlineData(".v*", true)]
    [InlineData("$X", true)]
    [InlineData("a ${X}", true)]
    [InlineData("a/.", false)]
    [InlineData("*.json", false)]
    [InlineData("a$X", false)]
    [InlineData("src/*", false)]
    public void What_copies_all_of_the_context_copies_it_from_a_stage(string source, bool fromStage)
    {
        var sent = Rewrite($"ARG A\nFROM scratch AS one\nFROM scratch\nENV X=x\nCOPY {source} /in/\nCOPY --from=0 /y /\n");
        Assert.Equal(fromStage, sent.HasContextStage);
        Assert.Equal(fromStage
            ? $"ARG A\nFROM scratch AS viaduct-context\nCOPY .viaduct/context/ /\nFROM scratch AS one\nFROM scratch\nENV X=x\nCOPY --from=viaduct-context {source} /in/\nCOPY --from=1 /y /\n"
            : $"ARG A\nFROM scratch AS one\nFROM scratch\nENV X=x\nCOPY {source} /in/\nCOPY --from=0 /y /\n", sent.Text);
        Assert.False(Rewrite($"FROM scratch\nENV X=x\nCOPY {source} /in/\n", classic: true).HasContextStage);
    }

    [Theory]
    [InlineData("ADD . /x", "COPY --from=viaduct-context . /x")]
    [InlineData("add --chmod=755 . /x", "COPY --from=viaduct-context --chmod=755 . /x")]
    [InlineData("COPY [\".\", \"/x\"]", "COPY --from=viaduct-context [\".\", \"/x\"]")]
    public void ADD_of_all_of_the_context_is_a_COPY(string line, string expected) =>
        Assert.EndsWith("\nFROM scratch\n" + expected, Rewrite("FROM scratch\n" + line).Text);

    [Theory]
    [InlineData("FROM scratch\nADD * /x/", null)]
    [InlineData("FROM scratch\nADD --unpack=false . /x/", null)]
    [InlineData("FROM scratch\nADD --unpack . /x/", null)]
    [InlineData("FROM scratch\nADD --keep-git-dir . /x/", null)]
    [InlineData("FROM scratch\nCOPY a /\nFROM scratch\n", "0")]
    [InlineData("FROM scratch\nRUN --mount=type=bind,from=a\\b x", null)]
    [InlineData("FROM busy\\\nbox", null)]
    public void What_cannot_be_said_to_an_engine_is_refused_with_its_place(string text, string? target)
    {
        var failure = Assert.Throws<ViaductException>(() => Rewrite(text, target: target));
        Assert.Equal("VIA2168", failure.Code);
        Assert.StartsWith("Dockerfile:", failure.Where);
    }

    [Fact]
    public void ONBUILD_is_for_children_here_and_elsewhere()
    {
        const string Text = "FROM a AS one\nONBUILD COPY --from=0 /x /\nFROM one\nCOPY . /\nONBUILD COPY --from=0 /y /\n";
        // Whoever is built upon the target has other stages; a child in this Dockerfile has these.
        Assert.Equal("FROM scratch AS viaduct-context\nCOPY .viaduct/context/ /\n" + Text.Replace("FROM a", "FROM N/a").Replace("COPY --from=0 /x", "COPY --from=1 /x").Replace("COPY . /", "COPY --from=viaduct-context . /"), Rewrite(Text).Text);
    }

    [Theory]
    [InlineData("COPY --from=0 /x /", "FROM b AS one\nFROM a\nCOPY --from=one /x /\n", true)]
    [InlineData("COPY --from=0 /x /", "FROM b AS one\nFROM a\nCOPY --from=one /x /\nCOPY . /\n", false)]
    [InlineData("COPY --from=one /x /", "FROM b AS one\nFROM a\nCOPY --from=one /x /\nCOPY . /\n", true)]
    [InlineData("COPY --from=one /x /", "FROM b AS one\nFROM a\n", false)]
    [InlineData("COPY --from=scratch /x /", "FROM a\n", true)]
    [InlineData("COPY --from=busybox /x /", "FROM a\n", false)]
    [InlineData("RUN --mount=from=busybox,target=/m x", "FROM a\n", false)]
    [InlineData("RUN --mount=from=$X,target=/m x", "FROM a\n", false)]
    [InlineData("RUN --mount=type=cache,target=/m x", "FROM a\n", true)]
    [InlineData("COPY . /", "FROM a\n", false)]
    [InlineData("COPY x /", "FROM a\nCOPY . /\n", true)]
    public void ONBUILD_of_a_base_can_neither_be_pinned_nor_counted_anew(string onBuild, string text, bool taken)
    {
        var dockerfile = Dockerfile.Parse("Dockerfile", text);
        var request = new BuildRequest { Name = "test", Context = "/nowhere", Dockerfile = "Dockerfile", Platform = Platform.Parse("linux/arm64"), Bases = new FakeBases() };
        void Check() => ForeignTriggers.Check(new StageGraph(dockerfile, request), request, s => s.Image == "a" ? [onBuild] : []);
        if (taken) Check();
        else
        {
            var failure = Assert.Throws<ViaductException>(Check);
            Assert.Equal(("VIA2168", "Write builder: buildx."), (failure.Code, failure.Todo));
            Assert.StartsWith("Dockerfile:", failure.Where);
        }
    }

    [Fact]
    public void A_target_is_told_by_name()
    {
        Assert.Equal("two", Rewrite("FROM a AS one\nFROM a AS two\nFROM b", target: "TWO").Target);
        Assert.Equal("two", Rewrite("FROM a AS one\nFROM a AS two\nFROM b", target: "1").Target);
        Assert.Null(Rewrite("FROM a AS one\nFROM b", target: "1").Target);
    }

    [Theory]
    [InlineData("[2/3] RUN b", 4)]
    [InlineData("[two 2/3] RUN b", 4)]
    [InlineData("[linux/arm64 two 3/3] COPY c /", 6)]
    [InlineData("[stage-1 3/3] COPY c /", 6)]
    [InlineData("[one 2/2] RUN a", 2)]
    [InlineData("[one 2/2] RUN\ta", null)]
    [InlineData("[one 3/2] RUN a", null)]
    [InlineData("[two 2/3] COPY b", null)]
    [InlineData("[three 2/3] RUN b", null)]
    [InlineData("exporting to image", null)]
    [InlineData("[", null)]
    [InlineData("[] x", null)]
    [InlineData("[2/99999999999] RUN b", null)]
    public void A_step_leads_back_to_its_line(string step, int? line)
    {
        var dockerfile = Dockerfile.Parse("Dockerfile", "FROM a AS one\nRUN a\nFROM one AS two\nRUN b\nENV x=y\nCOPY c /\n");
        var graph = new StageGraph(dockerfile, new BuildRequest { Name = "t", Context = "/", Dockerfile = "Dockerfile", Platform = Platform.Parse("linux/arm64"), Bases = new FakeBases() });
        Assert.Equal(line, new StepPositions(dockerfile, graph, classic: false).Find(step)?.Line);
    }

    [Fact]
    public void The_classic_builder_counts_all_instructions()
    {
        var dockerfile = Dockerfile.Parse("Dockerfile", "ARG x\nFROM a\nENV a=b\nRUN b\n");
        var graph = new StageGraph(dockerfile, new BuildRequest { Name = "t", Context = "/", Dockerfile = "Dockerfile", Platform = Platform.Parse("linux/arm64"), Bases = new FakeBases() });
        Assert.Equal(4, new StepPositions(dockerfile, graph, classic: true).Find("[4/4] RUN b")?.Line);
    }
}
