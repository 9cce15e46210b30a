using Microsoft.Win32.SafeHandles;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialOwnerTests : CredentialBed
{
    private const string Lock = ".config.json.viaduct-lock";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_that_is_a_link_is_refused_and_nothing_is_made_where_it_points(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        if (isThere) Write("elsewhere", "");
        Directory.CreateDirectory(At(".docker"));
        File.CreateSymbolicLink(At($".docker/{Lock}"), At("elsewhere"));
        var e = await Assert.ThrowsAsync<ViaductException>(() => Logins.StoreAsync("r.example", new Credential("alice", "pw"), default));
        Assert.Equal(("VIA3043", Config), (e.Code, e.Where));
        Assert.Equal((isThere, false), (File.Exists(At("elsewhere")), File.Exists(Config)));
    }

    [Fact]
    public async Task Nobody_but_the_owner_can_open_the_lock()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there are no modes");
        else
        {
            await Logins.StoreAsync("r.example", new Credential("alice", "pw"), default);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At($".docker/{Lock}")));
        }
    }

    // Under sudo all of it would be root's otherwise, and the user's own next login would be refused.
    [Fact]
    public async Task What_is_new_belongs_to_the_owner_of_the_nearest_folder_that_was_there()
    {
        var owner = new Notes();
        var file = new ConfigFile(At("a/b"), TimeProvider.System, owner);
        await file.ChangeAsync(_ => "{}"u8.ToArray(), default);
        Assert.Equal([$"{Home} -> {At("a")}", $"{Home} -> {At("a/b")}", $"{Home} -> a file", $"{Home} -> a file"], owner.Given);
        owner.Given.Clear();
        await file.ChangeAsync(_ => "{ }"u8.ToArray(), default);
        Assert.Equal([$"{file.Path} -> a file"], owner.Given);
    }

    private sealed class Notes : IFileOwner
    {
        public List<string> Given { get; } = [];

        public void Copy(string from, SafeFileHandle to) => Given.Add($"{from} -> a file");

        public void Copy(string from, string to) => Given.Add($"{from} -> {to}");
    }
}
