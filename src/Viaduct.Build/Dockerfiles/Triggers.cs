namespace Viaduct.Build.Dockerfiles;

/// <summary>The instructions that ONBUILD keeps for the children of an image.</summary>
internal static class Triggers
{
    /// <summary>Reads one as a config holds it: a Dockerfile of a single instruction and no directives of its own.</summary>
    /// <param name="file">What stands in the place of a file in messages.</param>
    public static Instruction Parse(string file, string expression)
    {
        var lines = new DockerfileLines(file, expression);
        var line = lines.Next() ?? throw BuildErrors.Syntax(new Position(file, 1, 1), "an ONBUILD instruction is empty");
        var escape = lines.Directives.Escape;
        var trigger = new InstructionParser(lines).Parse(line);
        Allow(trigger.Name, trigger.Position);
        return escape == ParserDirectives.DefaultEscape && lines.Next() is null ? trigger
            : throw BuildErrors.Syntax(trigger.Position, "ONBUILD keeps more than one instruction");
    }

    /// <summary>As in BuildKit (instructions/parse.go, parseOnBuild).</summary>
    public static void Allow(string name, Position position)
    {
        if (name.ToUpperInvariant() is ("ONBUILD" or "FROM" or "MAINTAINER") and var upper)
            throw BuildErrors.Syntax(position, $"ONBUILD {upper} is not allowed", "Write the instruction into the children's Dockerfiles.");
    }
}
