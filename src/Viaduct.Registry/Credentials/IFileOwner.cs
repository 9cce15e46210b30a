using Microsoft.Win32.SafeHandles;

namespace Viaduct.Registry;

/// <summary>Whose a new file or folder is.</summary>
internal interface IFileOwner
{
    /// <summary>Gives an open file to the owner of what lies at a path.</summary>
    void Copy(string from, SafeFileHandle to);

    /// <summary>Gives a folder to the owner of what lies at a path.</summary>
    void Copy(string from, string to);
}
