using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Reading_the_file : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-dockerfile-").FullName;

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder, "Dockerfile");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static ViaductException Fails(string path) => Assert.Throws<ViaductException>(() => DockerfileReader.Read(path));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() => Assert.Single(DockerfileReader.Read(Write([0xEF, 0xBB, 0xBF, .. "FROM scratch\r\n"u8])).Stages);

    [Fact]
    public void A_file_that_is_not_there_suggests_one_that_is()
    {
        Write("FROM scratch"u8.ToArray());
        var error = Fails(Path.Combine(_folder, "Dockerfiel"));
        Assert.Equal(("VIA2101", "Did you mean Dockerfile?"), (error.Code, error.Todo));
    }

    [Fact]
    public void A_folder_is_no_Dockerfile() => Assert.Equal("VIA2102", Fails(_folder).Code);

    [Fact]
    public void A_device_is_no_Dockerfile() => Assert.Equal("VIA2102", Fails("/dev/zero").Code);

    [Fact]
    public void A_link_to_itself_is_no_Dockerfile()
    {
        var path = Path.Combine(_folder, "loop");
        File.CreateSymbolicLink(path, "loop");
        Assert.Equal("VIA2124", Fails(path).Code);
    }

    [Fact]
    public void An_empty_file_says_what_it_begins_with()
    {
        var error = Fails(Write([]));
        Assert.Equal("VIA2105", error.Code);
        Assert.Contains("FROM", error.Todo);
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_refused() => Assert.Equal("VIA2103", Fails(Write(new byte[DockerfileReader.MaxSize + 1])).Code);

    [Fact]
    public void A_file_of_a_mebibyte_is_read()
    {
        var bytes = new byte[DockerfileReader.MaxSize];
        bytes.AsSpan().Fill((byte)'\n');
        "FROM scratch"u8.CopyTo(bytes);
        Assert.Single(DockerfileReader.Read(Write(bytes)).Stages);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Equal("VIA2104", Fails(Write([0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1])).Code);
        Assert.Equal("VIA2104", Fails(Write([.. "FROM "u8, 0xFF, 0xFE])).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
