namespace Viaduct.Build.Dockerfiles;

/// <summary>How an instruction stands in its file; nothing of it changes what it does.</summary>
/// <param name="Name">The instruction's word in the case that it has there.</param>
/// <param name="Lines">From its first line to its last, heredocs included.</param>
/// <param name="Comments">Those before it, without <c>#</c>, as BuildKit keeps them (parser.go, PrevComment).</param>
/// <param name="EmptyContinuation">The last line of an instruction that goes on after an empty line; 0 where it does not.</param>
internal sealed record Written(string Name, LineRange Lines, IReadOnlyList<string> Comments, int EmptyContinuation);
