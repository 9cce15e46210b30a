namespace Viaduct.Server;

/// <summary>What the rules of one rehearsal share.</summary>
internal sealed record Stage(SettingValues Settings, AccountBook Accounts, StoreView Store, PullQuota? Quota, TimeProvider Clock);
