namespace Viaduct.Simulation;

/// <param name="Password">Null: any is right.</param>
internal sealed record DescribedUser(string Name, string? Password)
{
    public bool Is(RegistryLogin login) => login.Username == Name && (Password is null || login.Password == Password);

    public override string ToString() => $"user {Name}";
}
