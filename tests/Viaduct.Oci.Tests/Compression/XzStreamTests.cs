using System.Buffers.Binary;
using System.IO.Hashing;
using Viaduct.Oci.Compression;

namespace Viaduct.Oci.Tests.Compression;

/// <summary>What xz 5.4 packed of 3000 bytes.</summary>
public sealed class XzStreamTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i / 977 % 7))];

    public static TheoryData<string, string> Files => new()
    {
        { "crc64", "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Au3AdBdAABuGElwuTXcZPnX1Z9zt+FG2zGL+2/ifg1A+/RFor7XC9LIGpvk2Z4kXZW6lpvvRvisdr2uk9XVAiE17eZ9aZVOSZYdANypql+SMeK88ApT+zOsXAQEedlfvnKU5+uFMlSoc8I8TuXdFFUbo3pmIKCA0tzq8CH0cjX4mQ95ti5jRVbeEiihzuu5ZGXVfd1hTUg92hBNr0Wt2KiUQtoriV0ApphtFiig1xcdU7Hiza4Wnb9dbhTwXhcI/teWHkP0bMjM2YKvR5H9CH+DoulRdW9c/2ssliTbty6SN+gAyLtmC977an7qltzsYpqgYK+hfuuKdFLF7srSFmZ2HcM3vr6fcAVBEdfNkHAt4YmPSnt96A3ezAxc00LmTrQuPnYWz68vyY5C6pOqVWUK3uTYF9xVdljU7ImDs/D6Pt6VvS/OiwTKVRLRvuWNJHr/mwwZDgSVVl9a8+JCgvy8yNpU1vWMwfGLJmFoLkCDEE5OQwM7N3IxsjFkiW6pu/fqKpiaVv7CqcIEykiD0Xr5AIwJ2lwvJJrcxGR/6PCcyOoA2E158mCAewjMYSb0ErUhTuYPXMRaEaEe1e5RECIuR/5slxHSbx1vvB1AbuJpcESflJJwAIuzPv9ibrqcAAHsA7gXAAB0ptwkscRn+wIAAAAABFla" },
        { "crc32", "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4Au3AdBdAABuGElwuTXcZPnX1Z9zt+FG2zGL+2/ifg1A+/RFor7XC9LIGpvk2Z4kXZW6lpvvRvisdr2uk9XVAiE17eZ9aZVOSZYdANypql+SMeK88ApT+zOsXAQEedlfvnKU5+uFMlSoc8I8TuXdFFUbo3pmIKCA0tzq8CH0cjX4mQ95ti5jRVbeEiihzuu5ZGXVfd1hTUg92hBNr0Wt2KiUQtoriV0ApphtFiig1xcdU7Hiza4Wnb9dbhTwXhcI/teWHkP0bMjM2YKvR5H9CH+DoulRdW9c/2ssliTbty6SN+gAyLtmC977an7qltzsYpqgYK+hfuuKdFLF7srSFmZ2HcM3vr6fcAVBEdfNkHAt4YmPSnt96A3ezAxc00LmTrQuPnYWz68vyY5C6pOqVWUK3uTYF9xVdljU7ImDs/D6Pt6VvS/OiwTKVRLRvuWNJHr/mwwZDgSVVl9a8+JCgvy8yNpU1vWMwfGLJmFoLkCDEE5OQwM7N3IxsjFkiW6pu/fqKpiaVv7CqcIEykiD0Xr5AIwJ2lwvJJrcxGR/6PCcyOoA2E158mCAewjMYSb0ErUhTuYPXMRaEaEe1e5RECIuR/5slxHSbx1vvB1AbuJpcESflJJwAK3n1JUAAegDuBcAAGLkTb8+MA2LAgAAAAABWVo=" },
        { "sha256", "/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4Au3AdBdAABuGElwuTXcZPnX1Z9zt+FG2zGL+2/ifg1A+/RFor7XC9LIGpvk2Z4kXZW6lpvvRvisdr2uk9XVAiE17eZ9aZVOSZYdANypql+SMeK88ApT+zOsXAQEedlfvnKU5+uFMlSoc8I8TuXdFFUbo3pmIKCA0tzq8CH0cjX4mQ95ti5jRVbeEiihzuu5ZGXVfd1hTUg92hBNr0Wt2KiUQtoriV0ApphtFiig1xcdU7Hiza4Wnb9dbhTwXhcI/teWHkP0bMjM2YKvR5H9CH+DoulRdW9c/2ssliTbty6SN+gAyLtmC977an7qltzsYpqgYK+hfuuKdFLF7srSFmZ2HcM3vr6fcAVBEdfNkHAt4YmPSnt96A3ezAxc00LmTrQuPnYWz68vyY5C6pOqVWUK3uTYF9xVdljU7ImDs/D6Pt6VvS/OiwTKVRLRvuWNJHr/mwwZDgSVVl9a8+JCgvy8yNpU1vWMwfGLJmFoLkCDEE5OQwM7N3IxsjFkiW6pu/fqKpiaVv7CqcIEykiD0Xr5AIwJ2lwvJJrcxGR/6PCcyOoA2E158mCAewjMYSb0ErUhTuYPXMRaEaEe1e5RECIuR/5slxHSbx1vvB1AbuJpcESflJJwADyTHc12ssGc7WX+B+WDpn3Efe6VL8r4wNT9l6TC+Am5AAGEBLgXAABT91tytunfHAIAAAAAClla" },
        { "none", "/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4Au3AdBdAABuGElwuTXcZPnX1Z9zt+FG2zGL+2/ifg1A+/RFor7XC9LIGpvk2Z4kXZW6lpvvRvisdr2uk9XVAiE17eZ9aZVOSZYdANypql+SMeK88ApT+zOsXAQEedlfvnKU5+uFMlSoc8I8TuXdFFUbo3pmIKCA0tzq8CH0cjX4mQ95ti5jRVbeEiihzuu5ZGXVfd1hTUg92hBNr0Wt2KiUQtoriV0ApphtFiig1xcdU7Hiza4Wnb9dbhTwXhcI/teWHkP0bMjM2YKvR5H9CH+DoulRdW9c/2ssliTbty6SN+gAyLtmC977an7qltzsYpqgYK+hfuuKdFLF7srSFmZ2HcM3vr6fcAVBEdfNkHAt4YmPSnt96A3ezAxc00LmTrQuPnYWz68vyY5C6pOqVWUK3uTYF9xVdljU7ImDs/D6Pt6VvS/OiwTKVRLRvuWNJHr/mwwZDgSVVl9a8+JCgvy8yNpU1vWMwfGLJmFoLkCDEE5OQwM7N3IxsjFkiW6pu/fqKpiaVv7CqcIEykiD0Xr5AIwJ2lwvJJrcxGR/6PCcyOoA2E158mCAewjMYSb0ErUhTuYPXMRaEaEe1e5RECIuR/5slxHSbx1vvB1AbuJpcESflJJwAAAB5AO4FwAAGSSPyKgACvwCAAAAAABZWg==" },
        { "several blocks", "/Td6WFoAAATm1rRGA8C7AegHIQEWAAAAWKv/3eAD5wCzXQAAbhhJcLk13GT519Wfc7fhRtsxi/tv4n4NQPv0RaK+1wvSyBqb5NmeJF2Vupab70b4rHa9rpPV1QIhNe3mfWmVTkmWHQDcqapfkjHivPAKU/szrFwEBHnZX75ylOfrhTJUqHPCPE7l3RRVG6N6ZiCggNLc6vAh9HI1+JkPebYuY0VW3hIooc7ruWRl1X3dYU1IPdoQTa9FrdiolELaK4ldAKaYbRYooNcXHVOx4swonwojAAAAq+WwTh5vMLgDwLsB6AchARYAAABYq//d4APnALNdAACA6FR2vEDbrqt88hRiRVXvIaGirGFrmoVzgZ+lANM07w4j4BGDZANqxyd8oTVJYNo390szQdY8WUOlSr7DQsRBTGqA/CLf/qonrbAm9yfIL2zSe3jvVSl8RPeiG13FMtNpmZMhzemNnmocwI7NvdhKMEHSfLJs7AgtTF6hs3Wju/+eafHWlHLDtnUQJn2vIsY30T+ZGNHAwc60LETdNxydhkoQffXiZTyKUxSSu0/oHjqgAAB0pRaKSrlxHwPAvwHoByEBFgAAACILFNTgA+cAt10AAwDU7kakNTi2C3vhu/mtuUiOQiHQrpX00dbwsEX5YpuhD9wKAYaDIzqRQogVvDQZ/q0o/wx8PmvWlDU0JrDLs3y9ZuuUsVL0DOIehM7ANzzrEt4UKe2Eki+urEWsVElNgKnOxaG/9q5Od9UJH3KftfAyg9yaJ0+sum+HSEIu6SGfniIB/uRq9FNcfyhUawV5yX9JSxkE4WhoYbAb4/kmfwa6SAwJlcB574+iyEWK6v082U/bswU+AACOYSFng0ogYwAD0wHoB9MB6AfXAegHAAC+w/uNrCc+LQQAAAAABFla" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void What_xz_packs_is_unpacked(string name, string base64)
    {
        Assert.NotEmpty(name);
        var bytes = Convert.FromBase64String(base64);
        Assert.Equal(Content, Unpack(bytes));
        Assert.Equal([.. Content, .. Content], Unpack([.. bytes, .. new byte[8], .. bytes, 0, 0, 0, 0]));
        Assert.Throws<InvalidDataException>(() => Unpack([.. bytes, 0, 0, 0]));
        Assert.ThrowsAny<IOException>(() => Unpack([.. bytes, 1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Wherever_a_bit_falls_over_or_the_end_is_cut_off_it_is_seen(int file)
    {
        var bytes = Convert.FromBase64String(Files.ElementAt(file).Data.Item2);
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            // The first byte of what LZMA packed means nothing, and the decoder passes over it.
            Assert.True(Fails(damaged) || Content.AsSpan().SequenceEqual(Unpack(damaged)), $"bit of byte {at}");
            Assert.True(at == 0 || Fails(bytes[..at]), $"cut off at {at}");
        }
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(40, false)]
    public void A_dictionary_beyond_the_limit_is_refused(byte dictionary, bool taken)
    {
        var bytes = Convert.FromBase64String(Files.First().Data.Item2);
        // The first block's header: size, flags, LZMA2, one byte of properties, and that.
        Assert.Equal([2, 0, 0x21, 1], bytes[12..16]);
        bytes[16] = dictionary;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), Crc32.HashToUInt32(bytes.AsSpan(12, 8)));
        if (taken) Assert.Equal(Content, Unpack(bytes));
        else Assert.Throws<XzMemoryException>(() => Unpack(bytes));
    }

    private static bool Fails(byte[] bytes)
    {
        try
        {
            Unpack(bytes);
            return false;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or XzMemoryException)
        {
            return true;
        }
    }

    private static byte[] Unpack(byte[] bytes)
    {
        using var stream = new DecodingStream(new XzStream(new MemoryStream(bytes)));
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
