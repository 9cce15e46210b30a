using System.CommandLine;

namespace Viaduct.Cli.Options;

/// <summary>Words of a program that is started: one each time, and any of them may begin with a dash.</summary>
internal sealed class WordsOption(string name) : Option<string[]>(name);
