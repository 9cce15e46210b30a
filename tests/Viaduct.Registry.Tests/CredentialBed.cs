using System.Text;
using Viaduct.TestSupport;

namespace Viaduct.Registry.Tests;

/// <summary>A machine with a home folder, an environment and a PATH of its own, and nothing in them.</summary>
public abstract class CredentialBed : IDisposable
{
    private readonly Dictionary<string, string> _variables = [];

    private protected CredentialBed()
    {
        Home = Directory.CreateTempSubdirectory("viaduct-home-").FullName;
        (_variables["HOME"], _variables["USERPROFILE"]) = (Home, Home);
        (_variables["XDG_RUNTIME_DIR"], _variables["PATH"]) = (At("run"), At("bin"));
    }

    private protected string Home { get; }

    private protected string Config => At(".docker/config.json");

    private protected Func<string, string?> Variable => name => _variables.GetValueOrDefault(name);

    private protected KnownCredentials Known => KnownCredentials.FromEnvironment(Variable, new QuickClock());

    private protected DockerLogins Logins => new(At(".docker"), Variable, new QuickClock());

    public void Dispose()
    {
        Directory.Delete(Home, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static string Auth(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>A config.json in which every key has a user of its own.</summary>
    private protected static string Auths(params (string Key, string User)[] entries) =>
        "{\"auths\":{" + string.Join(',', entries.Select(e => $$"""{{Quote(e.Key)}}:{"auth":"{{Auth(e.User, "pw")}}"}""")) + "}}";

    private protected static string Quote(string text) => $"\"{text}\"";

    private protected string At(string path) => Path.Combine(Home, path);

    private protected void Set(string variable, string? value)
    {
        if (value is null) _variables.Remove(variable);
        else _variables[variable] = value;
    }

    private protected string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return At(path);
    }

    /// <summary>A helper that is a shell script; what it reads comes to <c>$SEEN</c>, a file a verb.</summary>
    private protected void Helper(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "helpers are shell scripts here");
        Executable.Make(Write($"bin/docker-credential-{name}", $"#!/bin/sh\nSEEN={At("seen")}.$1\n{script}\n"));
    }

    private protected string Seen(string verb) => File.ReadAllText(At("seen." + verb));

    private protected async Task<string?> UserAsync(string registry, string? repository = null)
    {
        var known = Known;
        var place = repository is null ? registry : await known.PlaceOfAsync(registry, repository, default);
        return (await known.FindAsync(place, default))?.Username;
    }

    /// <summary>A minute is one or two seconds.</summary>
    private protected sealed class QuickClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 40, period);
    }
}
