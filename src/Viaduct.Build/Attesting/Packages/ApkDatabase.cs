namespace Viaduct.Build.Attesting;

/// <summary>Reads apk's /lib/apk/db/installed: lines of a letter, a colon and a value (apk-tools, apk-v2(5)).</summary>
internal static class ApkDatabase
{
    public static PackageList Read(byte[] bytes)
    {
        var packages = new List<Package>();
        var unreadable = 0;
        foreach (var record in DatabaseText.Records(bytes))
        {
            string? Field(char letter) => record.FirstOrDefault(l => l.Length > 2 && l[0] == letter && l[1] == ':')?[2..];
            var (name, version, architecture, origin) = (Field('P'), Field('V'), Field('A'), Field('o'));
            if (!DatabaseText.IsWord(name) || !DatabaseText.IsWord(version))
            {
                unreadable++;
                continue;
            }
            packages.Add(new Package("apk", name!, version!, DatabaseText.IsWord(architecture) ? architecture! : "",
                DatabaseText.IsWord(origin) && origin != name ? origin : null) { Supplier = Field('m') });
        }
        return new(packages, unreadable);
    }
}
