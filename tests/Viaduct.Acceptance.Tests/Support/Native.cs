using System.Runtime.InteropServices;

namespace Viaduct.Acceptance.Tests;

/// <summary>What the system offers and .NET does not.</summary>
internal static partial class Native
{
    public const int Interrupt = 2;
    public const int KillNow = 9;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);
}
