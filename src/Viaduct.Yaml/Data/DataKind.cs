namespace Viaduct.Yaml;

/// <summary>What a value is, by the rules by which Kubernetes' tools make JSON of YAML.</summary>
public enum DataKind
{
    Nothing,
    Text,
    Number,
    Truth,
    List,
    Map,
}
