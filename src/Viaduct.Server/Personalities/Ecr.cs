using System.Globalization;

namespace Viaduct.Server;

/// <summary>Amazon's Elastic Container Registry.</summary>
internal static class Ecr
{
    private const string Create = "create-on-push";
    private const string Immutable = "immutable-tags";
    private const string Repositories = "repositories";

    public static readonly Personality Made = new("ecr", new("AWS", "rehearsal"), Rules)
    {
        // The password is what GetAuthorizationToken hands out for twelve hours.
        OnlyUser = "AWS",
        Settings =
        [
            new(Create, SettingKind.Switch, "on", "whether a push makes its repository; off where no creation template says so"),
            new(Repositories, SettingKind.Names, "", "repositories that are there from the start"),
            new(Immutable, SettingKind.Switch, "off", "whether a tag is put only once"),
        ],
    };

    private static IEnumerable<IRule> Rules(Stage stage)
    {
        yield return new BasicAuthentication("ecr.amazonaws.com", stage.Accounts);
        // ListImages takes 1000 at most, and the registry hands the number on (ggcr options.go).
        yield return new Refusal("page-limit", e => e.Route.Kind is RouteKind.Tags or RouteKind.Catalog && Asked(e) > 1000, 400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested: at most 1000");
        yield return new MissingRepository(stage.Store, stage.Settings.IsOn(Create), stage.Settings.Names(Repositories));
        if (stage.Settings.IsOn(Immutable)) yield return new ImmutableTags(stage.Store);
        yield return new NoMounts();
        yield return new ChunkFloor(5 << 20);
    }

    private static long Asked(Exchange exchange) =>
        exchange.Query("n") is not { } n ? 0 : long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
