using System.Text;
using System.Text.Json;

namespace Viaduct.Attestations;

/// <summary>A payload with signatures over it and its type (secure-systems-lab/dsse, envelope.md and protocol.md).</summary>
internal sealed record Envelope(string PayloadType, byte[] Payload, IReadOnlyList<byte[]> Signatures)
{
    private const int MostSignatures = 64;

    /// <summary>The bytes that are signed: the pre-authentication encoding.</summary>
    public byte[] Signed => [.. Encoding.UTF8.GetBytes($"DSSEv1 {Encoding.UTF8.GetByteCount(PayloadType)} {PayloadType} {Payload.Length} "), .. Payload];

    /// <exception cref="FormatException">It is none.</exception>
    public static Envelope Read(JsonElement envelope)
    {
        var signatures = envelope.Items("signatures").Take(MostSignatures).Select(s => s.Base64("sig")).ToList();
        if (signatures.Count == 0) throw new FormatException("the envelope has no signature");
        return new Envelope(envelope.Text("payloadType") ?? throw new FormatException("the envelope has no payloadType"), envelope.Base64("payload"), signatures);
    }
}
