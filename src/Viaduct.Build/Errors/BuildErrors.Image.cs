using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

internal static partial class BuildErrors
{
    public static ViaductException WrongBasePlatform(Word word, string name, Platform asked, Platform found) =>
        new("VIA2140", $"the base {name} says that it is {found}, and {asked} was asked for", word.Position.ToString(), "Name a base that exists for this platform.", ExitCode.VerificationFailed);

    public static ViaductException DestinationNotFolder(Word word, string path) =>
        new("VIA2141", $"/{path} is not a folder, so nothing can be copied into it", word.Position.ToString());

    public static ViaductException DestinationIsFolder(Word word, string path) =>
        new("VIA2142", $"/{path} is a folder, and a file cannot take its place", word.Position.ToString(), "End the destination with / to copy into the folder.");

    public static ViaductException SeveralSources(Word destination) =>
        new("VIA2143", $"several sources are copied to '{Short(destination.Text)}', which does not say that it is a folder", destination.Position.ToString(), "End the destination with /.");

    public static ViaductException UnknownOwner(Word word, string name, string file) =>
        new("VIA2144", $"'{Short(name)}' is not in the image's /{file}", word.Position.ToString(), "Write the number, or copy the name's file in before.");

    public static ViaductException Windows(string image, Platform platform) =>
        new("VIA2146", $"the embedded builder makes no images for {platform}", image, Elsewhere("Windows layers have a form of their own, so leave the platform out"));

    public static ViaductException Whiteout(Word destination, string path) =>
        new("VIA2147", $"/{Short(path)} cannot be written: in a layer a name that begins with .wh. deletes what the base has there", destination.Position.ToString(), "Give it another name, or leave it out with .dockerignore.");

    public static ViaductException LayersMiscounted(Word word, string name, int layers, int diffIds) =>
        new("VIA2148", $"the base {name} is damaged: its manifest has {layers} layers, and its config has diff ids for {diffIds}", word.Position.ToString(), "Push the base anew, or name another.", ExitCode.VerificationFailed);

    public static ViaductException NoDockerType(string image, string why) =>
        new("VIA2153", $"docker's media types cannot name what the image has: {why}", image, "Take 'media-types: oci', or layers packed with gzip.");

    public static ViaductException OnBuild(Word word, string name, Word from) =>
        new("VIA2145", $"the base {name} has ONBUILD COPY --from={Short(from.Text)}, and what an image's ONBUILD copies from is not known before the image is there", word.Position.ToString(), Elsewhere("Take a base without it"));
}
