using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The failures of the registry client: VIA3xxx. Names say method, host and path, and never a query.</summary>
internal static partial class RegistryErrors
{
    public static TransportException Unreachable(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3001", $"{host} cannot be reached: {why}", where, "Look at the name and the port, and whether it runs and can be reached from here.", tries, inner) { Authority = host, Kind = FailureKind.Unreachable };

    public static TransportException Stalled(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3002", why, where, null, tries, inner) { Authority = host, Kind = FailureKind.Unreachable };

    public static TransportException TooSlow(string where, string host, long read, int rate) =>
        Stalled(where, host, $"it comes more slowly than {rate >> 10} KiB a second, and was given up after {read} bytes", 1);

    public static TransportException Tls(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3003", $"no secure connection to {host}: {why}", where,
            "Trust the registry's certificate authority on this machine; if the registry speaks plain HTTP, name it as one that does.", tries, inner) { Authority = host, Kind = FailureKind.Tls };

    public static TransportException NoClientCertificate(string where, string host, int tries, Exception inner) =>
        new("VIA3003", $"no secure connection to {host}: it wants a client's certificate, and was shown none or one that it does not take", where,
            $"Put the certificate and its key into the registry's folder of docker's certs.d: /etc/docker/certs.d/{host}/client.cert and client.key.", tries, inner) { Authority = host, Kind = FailureKind.Tls };

    public static TransportException NotHttp(string where, string host, int tries, Exception? inner = null) =>
        new("VIA3004", $"what {host} answered is not HTTP", where, "If the registry speaks HTTPS, do not name it as one that speaks plain HTTP.", tries, inner) { Authority = host, Kind = FailureKind.Protocol };

    public static ViaductException Protocol(string where, string why) =>
        new("VIA3020", why, where, "Something other than a registry may have answered: a proxy, a login page, another service.") { Kind = FailureKind.Protocol };

    public static ViaductException Redirect(string where, string why) =>
        new("VIA3021", $"a redirect is not followed: {why}", where) { Kind = FailureKind.Protocol };

    public static ViaductException Realm(string where, string why) =>
        new("VIA3022", $"the registry names a token service that is not asked: {why}", where) { Kind = FailureKind.Protocol };

    public static ViaductException Location(string where, string why) =>
        new("VIA3023", $"the registry names an upload location that is not used: {why}", where) { Kind = FailureKind.Protocol };

    public static ViaductException Address(string where, string registry, string host, IPAddress address, string why) =>
        new("VIA3024", $"{registry} points to {host}, which is {address} and is refused: {why}", where) { Kind = FailureKind.Protocol };

    public static ViaductException NoPart(string where, string why) =>
        new("VIA3050", $"a download that broke off cannot go on: {why}", where, "Something between here and the registry may keep parts of answers: try again without it.") { Kind = FailureKind.Protocol };

    public static ViaductException Mismatch(string where, string why) =>
        new("VIA3030", why, where, exit: ExitCode.VerificationFailed) { Kind = FailureKind.Mismatch };

    public static ViaductException TooLarge(string where, string what, long limit) =>
        new("VIA3031", $"{what} has more than {limit} bytes, and no more are read", where) { Kind = FailureKind.TooLarge };

    public static ViaductException Missing(string where) =>
        new("VIA3012", "not found", where) { Kind = FailureKind.Absent };

    public static ViaductException Pages(string where, string why, string what = "tags") =>
        new("VIA3032", $"the list of {what} does not end: {why}", where) { Kind = FailureKind.Protocol };

    public static ViaductException SourceChanged(long expected, string how) =>
        new("VIA3033", $"the blob to send has {how} than the {expected} bytes of its descriptor", exit: ExitCode.VerificationFailed) { Kind = FailureKind.Mismatch };

    public static ViaductException Config(string file, string why) =>
        new("VIA3040", why, file, "Mend the file, or log in again.");

    public static ViaductException Helper(string helper, string why, string? todo = null) =>
        new("VIA3041", $"the credential helper {helper} {why}", todo: todo ?? "Docker's config.json names it under credHelpers or credsStore.");

    public static ViaductException Variable(string name, string why) =>
        new("VIA3042", why, name, "Mend the variables, or unset them.");

    public static ViaductException ConfigNotWritten(string file, string why) =>
        new("VIA3043", why, file, "The file is as it was; DOCKER_CONFIG names another folder for it.");

    public static ViaductException Login(string registry, RegistryException answer) =>
        new("VIA3044", $"{(answer.IsTokenService ? "its token service" : "it")} refuses the name or the secret (status {answer.Status}{Join(new ErrorEnvelope(answer.SaidCode, answer.Said))})", registry,
            "Many registries take a token or an API key in place of the password; docs/credentials.md names those of the large ones.", answer.Exit, answer) { Kind = FailureKind.Denied };

    public static ViaductException ConfigLocked(string file, TimeSpan limit) =>
        new("VIA3045", $"another viaduct writes to it, and has not ended after {limit.TotalSeconds:0} s", file, "The file is as it was; try again.");

    public static ViaductException Certificate(string file, string why) =>
        new("VIA3046", why, file, "In a folder of docker's certs.d, authorities end in .crt, and a client's certificate and key in .cert and .key.");

    public static ViaductException NoTagDeletion(string where, Exception inner) =>
        new("VIA3060", "the registry does not delete tags by their names", where,
            "Delete the manifest by its digest, and all its tags go with it, or take the tag away in the registry's own console.", inner: inner) { Kind = FailureKind.Refused };

    public static ViaductException NoDeletion(string where, Exception inner) =>
        new("VIA3061", "the registry does not delete manifests", where,
            "Delete it in the registry's own console; distribution deletes when its storage has delete.enabled.", inner: inner) { Kind = FailureKind.Refused };

    public static ViaductException ReferrersTaken(string tag, ViaductException? why = null) =>
        new("VIA3062", "the tag that lists referrers names something else than a list" + (why is null ? null : $": {why.Message}"), tag,
            "Delete the tag, and push what refers again.", inner: why) { Kind = FailureKind.Protocol };

    public static ViaductException ReferrersContested(string tag, int writes) =>
        new("VIA3063", $"the list of referrers was written {writes} times and never held what was written", tag,
            "Others write it at the same time, or the registry shows it late; push again.", ExitCode.Unreachable) { Kind = FailureKind.Failed };
}
