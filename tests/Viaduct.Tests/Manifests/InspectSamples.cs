namespace Viaduct.Tests.Manifests;

/// <summary>What docker 28.5.2 printed of an image and of a list that has it twice.</summary>
internal static class InspectSamples
{
    public const string Manifest = """{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 57, "digest": "sha256:688f4ae7a78313646f84292fa4f757452d89de190300cc6a5be4e084633b922b"}, "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "size": 5, "digest": "sha256:dac1d7cfa95021764849fd102524e141488c5e3a90f861dbb5a12d9ac8584f85"}], "annotations": {"x": "a<b> & ü "}}""";

    public const string Tabbed = """
        {
        	"schemaVersion": 2,
        	"mediaType": "application/vnd.oci.image.manifest.v1+json",
        	"config": {
        		"mediaType": "application/vnd.oci.image.config.v1+json",
        		"size": 57,
        		"digest": "sha256:688f4ae7a78313646f84292fa4f757452d89de190300cc6a5be4e084633b922b"
        	},
        	"layers": [
        		{
        			"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
        			"size": 5,
        			"digest": "sha256:dac1d7cfa95021764849fd102524e141488c5e3a90f861dbb5a12d9ac8584f85"
        		}
        	],
        	"annotations": {
        		"x": "a<b> & ü "
        	}
        }

        """;

    public const string Raw = "eyJzY2hlbWFWZXJzaW9uIjogMiwgIm1lZGlhVHlwZSI6ICJhcHBsaWNhdGlvbi92bmQub2NpLmltYWdlLm1hbmlmZXN0LnYxK2pzb24iLCAiY29uZmlnIjogeyJtZWRpYVR5cGUiOiAiYXBwbGljYXRpb24vdm5kLm9jaS5pbWFnZS5jb25maWcudjEranNvbiIsICJzaXplIjogNTcsICJkaWdlc3QiOiAic2hhMjU2OjY4OGY0YWU3YTc4MzEzNjQ2Zjg0MjkyZmE0Zjc1NzQ1MmQ4OWRlMTkwMzAwY2M2YTViZTRlMDg0NjMzYjkyMmIifSwgImxheWVycyI6IFt7Im1lZGlhVHlwZSI6ICJhcHBsaWNhdGlvbi92bmQub2NpLmltYWdlLmxheWVyLnYxLnRhcitnemlwIiwgInNpemUiOiA1LCAiZGlnZXN0IjogInNoYTI1NjpkYWMxZDdjZmE5NTAyMTc2NDg0OWZkMTAyNTI0ZTE0MTQ4OGM1ZTNhOTBmODYxZGJiNWExMmQ5YWM4NTg0Zjg1In1dLCAiYW5ub3RhdGlvbnMiOiB7IngiOiAiYTxiPiAmIMO8ICJ9fQ==";

    public const string List = """
        {
           "schemaVersion": 2,
           "mediaType": "application/vnd.oci.image.index.v1+json",
           "manifests": [
              {
                 "mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "size": 451,
                 "digest": "sha256:85de266647733001f9d653f8e946076fb6a7a82873a7fabf787817b6951d7cce",
                 "platform": {
                    "architecture": "arm64",
                    "os": "linux",
                    "variant": "v8"
                 }
              },
              {
                 "mediaType": "application/vnd.oci.image.manifest.v1+json",
                 "size": 451,
                 "digest": "sha256:85de266647733001f9d653f8e946076fb6a7a82873a7fabf787817b6951d7cce",
                 "platform": {
                    "architecture": "",
                    "os": ""
                 }
              }
           ]
        }

        """;
}
