namespace Viaduct.Build;

internal enum FileKind { File, Directory, SymbolicLink, Other }
