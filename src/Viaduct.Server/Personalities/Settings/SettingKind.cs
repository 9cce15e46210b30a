namespace Viaduct.Server;

internal enum SettingKind
{
    /// <summary><c>on</c> or <c>off</c>; <c>on</c> when nothing is said.</summary>
    Switch,
    Number,

    /// <summary><c>250ms</c> or <c>2s</c>.</summary>
    Time,

    /// <summary>Parted by commas.</summary>
    Names,
}
