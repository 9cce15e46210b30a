namespace Viaduct.Simulation;

/// <summary>What env starts for a script such as <c>#!/usr/bin/env python3</c>, where it is plain enough to say.</summary>
internal static class EnvLine
{
    /// <summary>Quotes, escapes, variables and comments are taken apart by env itself (GNU coreutils, "env invocation", -S syntax).</summary>
    private const string Special = "\\'\"$#";

    /// <summary>What parts words behind -S (coreutils src/env.c, build_argv); a carriage return too.</summary>
    private static readonly char[] Blanks = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <param name="argument">All that follows the interpreter's name: the kernel hands it over as one word, and only -S takes it apart.</param>
    /// <returns>A name to look up along PATH, or a path; null where env would do something else first.</returns>
    public static string? Program(string argument)
    {
        var name = Split(argument) is { } line
            ? line.AsSpan().ContainsAny(Special) ? null : line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            : argument;
        return name is null or "" or ['-', ..] || name.Contains('=') ? null : name;
    }

    private static string? Split(string argument) =>
        argument.StartsWith("-S", StringComparison.Ordinal) ? argument[2..]
        : argument.StartsWith("--split-string=", StringComparison.Ordinal) ? argument["--split-string=".Length..]
        : null;
}
