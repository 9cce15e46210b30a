namespace Viaduct.Registry;

/// <summary>A member of an object in a text.</summary>
/// <param name="Before">Where the blanks before its name begin.</param>
/// <param name="Start">Where its value begins.</param>
/// <param name="End">Behind its value.</param>
internal sealed record JsonMember(string Name, int Before, int NameStart, int Start, int End);
