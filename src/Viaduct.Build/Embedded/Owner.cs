namespace Viaduct.Build;

internal readonly record struct Owner(long Uid, long Gid)
{
    public static readonly Owner Root = new(0, 0);
}
