namespace Viaduct.Build.Dockerfiles;

/// <summary>The rules that the frontend of BuildKit 0.25 (Docker Engine 28) has.</summary>
public static class CheckRules
{
    public static readonly CheckRule ConsistentInstructionCasing = new("ConsistentInstructionCasing", "Write all instructions in one case.");
    public static readonly CheckRule CopyIgnoredFile = new("CopyIgnoredFile", "Take the file out of .dockerignore, or the source out of the instruction.", IsExperimental: true);
    public static readonly CheckRule DuplicateStageName = new("DuplicateStageName", "Give each stage a name of its own.");
    public static readonly CheckRule ExposeInvalidFormat = new("ExposeInvalidFormat", "Write the container's port alone; docker run --publish names the host's.");
    public static readonly CheckRule ExposeProtoCasing = new("ExposeProtoCasing", "Write tcp, udp or sctp in lower case.");
    public static readonly CheckRule FromAsCasing = new("FromAsCasing", "Write FROM and AS in one case.");
    public static readonly CheckRule FromPlatformFlagConstDisallowed = new("FromPlatformFlagConstDisallowed", "Use $BUILDPLATFORM, name the stage after the platform, or leave the flag out.");
    public static readonly CheckRule InvalidBaseImagePlatform = new("InvalidBaseImagePlatform", "Take a base that has the platform.");
    public static readonly CheckRule InvalidDefaultArgInFrom = new("InvalidDefaultArgInFrom", "Give the ARG a default with which FROM names an image.");
    public static readonly CheckRule InvalidDefinitionDescription = new("InvalidDefinitionDescription", "Begin the comment with the name, or put a line # between the two.", IsExperimental: true);
    public static readonly CheckRule JSONArgsRecommended = new("JSONArgsRecommended", "Write a JSON array, so that signals reach the program; or say with SHELL that a shell is meant.");
    public static readonly CheckRule LegacyKeyValueFormat = new("LegacyKeyValueFormat", "Write name=value.");
    public static readonly CheckRule MaintainerDeprecated = new("MaintainerDeprecated", "Write LABEL org.opencontainers.image.authors=… instead.");
    public static readonly CheckRule MultipleInstructionsDisallowed = new("MultipleInstructionsDisallowed", "Keep the last one.");
    public static readonly CheckRule NoEmptyContinuation = new("NoEmptyContinuation", "Take the empty line out.");
    public static readonly CheckRule RedundantTargetPlatform = new("RedundantTargetPlatform", "Leave --platform out: it is the default.");
    public static readonly CheckRule ReservedStageName = new("ReservedStageName", "Give the stage another name.");
    public static readonly CheckRule SecretsUsedInArgOrEnv = new("SecretsUsedInArgOrEnv", "Use RUN --mount=type=secret: ARG and ENV stay in the image.");
    public static readonly CheckRule StageNameCasing = new("StageNameCasing", "Write the stage's name in lower case.");
    public static readonly CheckRule UndefinedArgInFrom = new("UndefinedArgInFrom", "Declare it with ARG before the first FROM.");
    public static readonly CheckRule UndefinedVar = new("UndefinedVar", "Declare it with ARG or ENV, or write it as it is meant.");
    public static readonly CheckRule WorkdirRelativePath = new("WorkdirRelativePath", "Begin the path with a slash.");

    /// <summary>By name.</summary>
    public static readonly IReadOnlyList<CheckRule> All =
    [
        ConsistentInstructionCasing, CopyIgnoredFile, DuplicateStageName, ExposeInvalidFormat, ExposeProtoCasing, FromAsCasing,
        FromPlatformFlagConstDisallowed, InvalidBaseImagePlatform, InvalidDefaultArgInFrom, InvalidDefinitionDescription, JSONArgsRecommended,
        LegacyKeyValueFormat, MaintainerDeprecated, MultipleInstructionsDisallowed, NoEmptyContinuation, RedundantTargetPlatform, ReservedStageName,
        SecretsUsedInArgOrEnv, StageNameCasing, UndefinedArgInFrom, UndefinedVar, WorkdirRelativePath,
    ];
}
