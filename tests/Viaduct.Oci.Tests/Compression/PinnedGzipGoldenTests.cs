using Viaduct.Oci.Compression;
using Xunit;

namespace Viaduct.Oci.Tests.Compression;

/// <summary>
/// The promise of <see cref="PinnedGzip.Identity"/>. When one of these fails, the change is wrong, or the identity takes its
/// next number and all digests here are made anew.
/// </summary>
public sealed class PinnedGzipGoldenTests
{
    [Fact]
    public void These_digests_belong_to_this_name() => Assert.Equal("viaduct-deflate-1", PinnedGzip.Identity);

    [Theory]
    [InlineData("zeros", 0, "ac73670af3abed54ac6fb4695131f4099be9fbe39d6076c5d0264a6bbdae9d83")]
    [InlineData("zeros", 1, "209395eba190a64bb3e8e6ba82268ef3076d179c46be57b50c7cbaad0b710dfb")]
    [InlineData("zeros", 10_240, "59de3d6c30b3a19f0a34c3642caeb58274162e204a0777538704b3a369956e7d")]
    [InlineData("zeros", 3_000_000, "202a04ef4633fdf29801d905f9602ea9e6ae5a47ba8ce57302f6072eeaabf8d3")]
    [InlineData("text", 300, "afafa210d180a71197e910d6b2e5a32d770c3acb993342477ac509f129771447")]
    [InlineData("text", 2_000, "57688ad93e3d0f4e6786d05578ea2e55adabcf461550d97ce4258acdf536df64")]
    [InlineData("text", 262_144, "0349878afbdcc7b58ff1dbb5734b81b2a3a5bbdc011edc5ecacb28780c052629")]
    [InlineData("text", 262_145, "787097129a8d994f7dc49bc264cd37a93ad5182aeb9305d8ff5f832353c529f6")]
    [InlineData("text", 3_000_000, "cc75edb8b4c809ec835f0a92cefc18c3ea37e2e65d46d36b1b2c6b8bd50b70d1")]
    [InlineData("random", 3_000_000, "94ec137a0e2deb8ca8e0acd9c3fb9c1c95c6e18fdaa8501e69c4fbd78c00f38b")]
    [InlineData("half", 3_000_000, "e2fcc02e0d6955a8315da0a06ee6e28fc25e253274a713ee62eb495f0627402e")]
    [InlineData("fibonacci", 1_000_000, "01a4e868bc66d0b998bc352f15745e1aace38041cf0399dbfbcddc31458e7d19")]
    [InlineData("skewed", 1_000_000, "20bd0bb14d394548cf887b7168054a74c52452fc820ca01706ded4359d0e70a1")]
    [InlineData("window", 1_000_000, "a4395cf0750a4566db1f36eda27016b81d52d91e3cef3e78dfe05121420a2d4d")]
    [InlineData("beyond", 1_000_000, "3ba2db1e973e25a43924a34e21104ee03407ae4df0e0f92bc31543f04d2eb0c0")]
    [InlineData("threes", 1_000_000, "39157e6e92cd9d89520338c6a74a3cc78fc561ef37a05876f6d020ff0d13e393")]
    public void The_bytes_never_change(string kind, int length, string sha256)
        => Assert.Equal(sha256, Gzip.Sha256(Gzip.Compress(TestData.Make(kind, length), threads: 2)));
}
