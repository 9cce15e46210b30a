using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>What each rule objects to. All of it was seen with BuildKit 0.25 (docker buildx build --call=check).</summary>
public sealed class Build_checks : IDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a.txt").File(".dockerignore", "ignored\nlogs/\n*.log\n");

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("FROM scratch AS Base", "1 StageNameCasing")]
    [InlineData("FROM scratch AS base-1", "")]
    [InlineData("FROM scratch as base", "1 FromAsCasing")]
    [InlineData("from scratch AS base", "1 FromAsCasing")]
    [InlineData("from scratch as base", "")]
    [InlineData("FROM scratch As base", "1 FromAsCasing")]
    [InlineData("From scratch as base\nFROM scratch", "1 ConsistentInstructionCasing")]
    [InlineData("FROM scratch\nENV a=1 \\\n\n b=2", "4 NoEmptyContinuation")]
    [InlineData("FROM scratch\nENV a=1 \\\n# comment\n b=2", "")]
    [InlineData("FROM scratch\nENV a=1 \\\n", "")]
    [InlineData("FROM scratch\nENV a=1 \\\n\n", "3 NoEmptyContinuation")]
    [InlineData("FROM scratch\ncopy a.txt /", "2 ConsistentInstructionCasing")]
    [InlineData("from scratch\ncopy a.txt /\nUSER 1", "3 ConsistentInstructionCasing")]
    [InlineData("arg x\nFROM scratch", "")]
    [InlineData("FROM scratch AS a\nFROM scratch AS a", "2 DuplicateStageName")]
    [InlineData("FROM scratch AS scratch\nFROM scratch AS context", "1 ReservedStageName, 2 ReservedStageName")]
    [InlineData("FROM scratch\nCMD x\nENTRYPOINT y", "2 JSONArgsRecommended, 3 JSONArgsRecommended")]
    [InlineData("FROM scratch\nSHELL [\"/sh\"]\nCMD x", "")]
    [InlineData("FROM scratch AS a\nSHELL [\"/sh\"]\nFROM a\nCMD x", "")]
    [InlineData("FROM scratch\nCMD [\"x\"]", "")]
    [InlineData("FROM scratch\nMAINTAINER x", "2 MaintainerDeprecated")]
    [InlineData("FROM scratch$x", "1 UndefinedArgInFrom")]
    [InlineData("ARG x\nFROM scratch$x", "")]
    [InlineData("FROM scratch\nWORKDIR a\nWORKDIR b", "2 WorkdirRelativePath")]
    [InlineData("FROM scratch\nWORKDIR /a\nWORKDIR b", "")]
    [InlineData("FROM scratch AS a\nWORKDIR /a\nFROM a\nWORKDIR b", "")]
    [InlineData("FROM scratch\nENV a=$x b=${x} c=$PATH d=${x:-y}", "2 UndefinedVar, 2 UndefinedVar, 2 UndefinedVar")]
    [InlineData("FROM scratch\nARG x\nUSER 1$x", "")]
    [InlineData("FROM scratch\nEXPOSE 80$x\nCMD [\"$x\"]\nRUN $x", "")]
    [InlineData("FROM scratch\nRUN --mount=type=cache,target=/$x y", "2 UndefinedVar")]
    [InlineData("FROM scratch AS a\nARG x=1\nFROM a\nUSER 1$x", "")]
    [InlineData("FROM scratch\nCMD []\nCMD []\nHEALTHCHECK NONE\nHEALTHCHECK NONE\nENTRYPOINT []\nENTRYPOINT []", "2 MultipleInstructionsDisallowed, 4 MultipleInstructionsDisallowed, 6 MultipleInstructionsDisallowed")]
    [InlineData("FROM scratch AS a\nCMD []\nFROM a\nCMD []", "")]
    [InlineData("FROM scratch\nENV a b\nLABEL a b", "2 LegacyKeyValueFormat, 3 LegacyKeyValueFormat")]
    [InlineData("FROM --platform=$TARGETPLATFORM scratch", "1 RedundantTargetPlatform")]
    [InlineData("FROM --platform=$BUILDPLATFORM scratch", "")]
    [InlineData("FROM --platform=linux/amd64 scratch", "1 FromPlatformFlagConstDisallowed")]
    [InlineData("FROM --platform=linux/amd64 scratch AS for-amd64", "")]
    [InlineData("FROM scratch\nARG API_KEY\nENV password=1", "2 SecretsUsedInArgOrEnv, 3 SecretsUsedInArgOrEnv")]
    [InlineData("FROM scratch\nARG PUBLIC_KEY MONKEY\nLABEL password=1", "")]
    [InlineData("ARG x\nFROM ${x:+scratch}\n#? x=1", "2 InvalidDefaultArgInFrom")]
    [InlineData("FROM scratch\nEXPOSE 80/TCP 81/udp", "2 ExposeProtoCasing")]
    [InlineData("FROM scratch\nEXPOSE 1:2 127.0.0.1:1:2 3", "2 ExposeInvalidFormat, 2 ExposeInvalidFormat")]
    [InlineData("FROM scratch AS a\nONBUILD CMD x\nFROM a\nCMD []", "3 JSONArgsRecommended, 3 MultipleInstructionsDisallowed")]
    [InlineData("FROM scratch AS a\nONBUILD CMD x\nFROM a AS b\nFROM scratch", "")]
    public async Task Rules_object_to(string dockerfile, string violations) => Assert.Equal(violations, await CheckAsync(dockerfile));

    [Theory]
    [InlineData("COPY ignored /", "3 CopyIgnoredFile")]
    [InlineData("ADD ignored logs/x /", "3 CopyIgnoredFile, 3 CopyIgnoredFile")]
    [InlineData("COPY logs/ x.log /", "3 CopyIgnoredFile, 3 CopyIgnoredFile")]
    [InlineData("COPY ./ignored a.txt . / /", "")]
    [InlineData("COPY --from=x ignored /", "")]
    [InlineData("ADD https://host/ignored /", "")]
    [InlineData("# x told\nARG x", "")]
    [InlineData("# told\nARG x", "4 InvalidDefinitionDescription")]
    [InlineData("# told\n\nARG x", "5 InvalidDefinitionDescription")]
    [InlineData("# told\n#\nARG x", "")]
    [InlineData("# told\nENV a=b\nARG x", "")]
    [InlineData("# told\nFROM scratch AS x", "4 InvalidDefinitionDescription")]
    [InlineData("# told\nFROM scratch", "")]
    public async Task Experimental_rules_object_to(string lines, string violations)
    {
        Assert.Equal(violations, await CheckAsync("# check=experimental=all\nFROM scratch\n" + lines));
        Assert.Equal("", await CheckAsync("# check=error=false\nFROM scratch\n" + lines));
    }

    [Theory]
    [InlineData("skip=StageNameCasing", "2 FromAsCasing")]
    [InlineData("skip=StageNameCasing,FromAsCasing", "")]
    [InlineData("skip=StageNameCasing, FromAsCasing", "2 FromAsCasing")]
    [InlineData("skip=stagenamecasing;skip=FromAsCasing", "2 StageNameCasing")]
    [InlineData("skip=all", "")]
    [InlineData("skip=all;experimental=all", "3 CopyIgnoredFile")]
    [InlineData("skip=all,CopyIgnoredFile;experimental=CopyIgnoredFile", "2 FromAsCasing, 2 StageNameCasing, 3 CopyIgnoredFile")]
    [InlineData("error=1;skip=x;experimental=all;skip=all", "2 FromAsCasing, 2 StageNameCasing")]
    public async Task Directives_choose_rules(string check, string violations) =>
        Assert.Equal(violations, await CheckAsync($"# check={check}\nFROM scratch As Base\nCOPY ignored /"));

    [Fact]
    public async Task A_directive_is_found_below_a_shebang_and_is_a_comment_there()
    {
        Assert.Equal("3 FromAsCasing", await CheckAsync("#!x\n# check=skip=StageNameCasing\nFROM scratch As Base"));
        Assert.Equal("3 InvalidDefinitionDescription", await CheckAsync("#!x\n# check=skip=all;experimental=all\nFROM scratch As Base"));
    }

    [Theory]
    [InlineData("", "2 FromAsCasing, 2 StageNameCasing")]
    [InlineData("skip=FromAsCasing", "2 StageNameCasing")]
    [InlineData(" skip=FromAsCasing , StageNameCasing ; error=f", "")]
    public async Task An_argument_takes_the_place_of_the_directive(string value, string violations)
    {
        _workspace.Args["BUILDKIT_DOCKERFILE_CHECK"] = value;
        Assert.Equal(violations, await CheckAsync("# check=skip=StageNameCasing;error=true\nFROM scratch As Base"));
    }

    [Theory]
    [InlineData("bla")]
    [InlineData("error=yes")]
    [InlineData("Skip=all")]
    [InlineData("skip=A;;")]
    public async Task What_chooses_nothing_is_an_error(string check)
    {
        var error = await _workspace.FailureAsync($"# check={check}\nFROM scratch\nCOPY a.txt /");
        Assert.Equal(("VIA2106", true), (error.Code, error.Where!.EndsWith("Dockerfile:1:1", StringComparison.Ordinal)));
        _workspace.Args["BUILDKIT_DOCKERFILE_CHECK"] = check;
        Assert.Equal("VIA2115", (await _workspace.FailureAsync("FROM scratch\nCOPY a.txt /")).Code);
    }

    [Fact]
    public async Task Violations_fail_a_build_that_says_so()
    {
        const string lines = "FROM scratch\nCOPY a.txt /\nCMD x\n";
        var error = await _workspace.FailureAsync("# check=error=true\n" + lines);
        Assert.Equal("VIA2117", error.Code);
        Assert.Contains("\n  line 4: JSONArgsRecommended: CMD runs in a shell, which passes no signals on. Write a JSON array", error.Message);
        Assert.Contains("# check=skip=", error.Todo);
        await _workspace.BuildAsync("# check=skip=JSONArgsRecommended;error=true\n" + lines);
        _workspace.Args["BUILDKIT_DOCKERFILE_CHECK"] = "error=true";
        Assert.Equal("VIA2117", (await _workspace.FailureAsync(lines)).Code);
    }

    [Fact]
    public async Task Only_needed_stages_fail_a_build() =>
        await _workspace.BuildAsync("# check=error=true\nFROM scratch AS other\nCMD x\nFROM scratch\nCOPY a.txt /\n");

    [Fact]
    public async Task Checks_change_neither_keys_nor_digests()
    {
        const string lines = "FROM scratch\nCOPY a.txt /\nCMD x\n";
        var (key, digest) = (await _workspace.KeyAsync(lines), (await _workspace.BuildAsync(lines)).Manifest.Digest);
        const string directive = "# check=error=true;skip=JSONArgsRecommended\n";
        Assert.Equal((key, digest), (await _workspace.KeyAsync(directive + lines), (await _workspace.BuildAsync(directive + lines)).Manifest.Digest));
    }

    [Theory]
    [InlineData("FROM base\nUSER 1$ofbase", "")]
    [InlineData("FROM base\nUSER 1$other", "2 UndefinedVar")]
    [InlineData("FROM base\nCMD x", "")]
    [InlineData("FROM base\nWORKDIR x", "2 WorkdirRelativePath")]
    [InlineData("FROM legacy", "1 LegacyKeyValueFormat")]
    [InlineData("FROM foreign", "1 InvalidBaseImagePlatform")]
    public async Task Bases_are_asked_for_what_they_set(string dockerfile, string violations) => Assert.Equal(violations, await CheckAsync(dockerfile));

    private async Task<string> CheckAsync(string dockerfile)
    {
        if (dockerfile.Contains("#? x=1", StringComparison.Ordinal)) _workspace.Args["x"] = "1";
        var result = await DockerfileCheck.OfAsync(_workspace.Request(dockerfile), BaseAsync, all: true, default);
        return string.Join(", ", result.Violations.Select(v => $"{v.Lines.Last} {v.Rule}").Order(StringComparer.Ordinal));
    }

    private static Task<CheckedBase> BaseAsync(string image, Platform platform, CancellationToken cancellationToken) => Task.FromResult(image switch
    {
        "base" => new CheckedBase(["ofbase=1"], true, [], platform),
        "legacy" => new CheckedBase([], false, ["LABEL a b"], platform),
        "foreign" => new CheckedBase([], false, [], Platform.Parse("linux/s390x")),
        _ => new CheckedBase([], false, [], null),
    });
}
