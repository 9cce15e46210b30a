using System.Text;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>One user with one password, for registries of tests.</summary>
internal static class PrivateRegistry
{
    /// <summary>Of an htpasswd file.</summary>
    public const string Line = "user:$2y$05$abcdefghijklmnopqrstuuQbLfdQZSxZ9gjhA5V9o8Tyc6aQRO0Qi";

    public const string User = "user";

    public const string Password = "opensesame";

    /// <summary>As the Engine API takes it.</summary>
    public static string AuthConfig(string address) => $$"""{"username":"user","password":"{{Password}}","serveraddress":"{{address}}"}""";

    /// <summary>As docker's client keeps it.</summary>
    public static string ConfigJson(string address) => "{\"auths\":{\"" + address + "\":{\"auth\":\"" + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Password)) + "\"}}}";
}
