namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>
/// Makefiles of the shape that Kubernetes' pause image and its test images have: a list is created from a word list, each image is annotated,
/// sed writes the Windows builds into docker's own files, and the list is pushed and forgotten.
/// </summary>
internal static class PauseMakefile
{
    /// <summary>An image's repository names its architecture: <c>pause-arm64:3.9</c>.</summary>
    public const string ByRepository = """
        TAG = 3.9
        ARCHES = amd64 arm arm64 s390x
        variant_arm = --variant v7

        .PHONY: push-manifest
        push-manifest:
        	docker manifest create --insecure --amend $(LIST):$(TAG) $(shell echo $(ARCHES) | sed -e "s~[^ ]*~$(REGISTRY)/pause\-&:$(TAG)~g")
        	set -x; for arch in $(ARCHES); do docker manifest annotate --os linux --arch $${arch} $(LIST):${TAG} $(REGISTRY)/pause-$${arch}:${TAG}; done
        	docker manifest annotate --arch arm $(variant_arm) $(LIST):$(TAG) $(REGISTRY)/pause-arm:$(TAG)
        	docker manifest push --insecure --purge $(LIST):$(TAG)
        """;

    /// <summary>An image's tag names its system, its architecture and its build: <c>pause:3.9-windows-amd64-ltsc2019</c>.</summary>
    public const string ByTag = """
        SHELL = /bin/bash -o pipefail
        TAG = 3.9
        BASE = $(REGISTRY)/pause
        LINUX = linux-amd64 linux-arm64
        WINDOWS = windows-amd64-ltsc2019 windows-amd64-ltsc2022
        ALL = $(LINUX) $(WINDOWS)
        BUILD.ltsc2019 = 10.0.17763.6414
        BUILD.ltsc2022 = 10.0.20348.2700
        FOLDER = $(subst /,_,$(subst :,-,$(LIST)-$(TAG)))
        FILE = $(subst /,_,$(subst :,-,$(BASE)-$(TAG)))

        all: push
        push: create annotate builds
        	docker manifest push --insecure --purge $(LIST):$(TAG)

        create:
        	docker manifest create --insecure --amend $(LIST):$(TAG) $(addprefix --amend $(BASE):$(TAG)-,$(ALL))

        annotate: create
        	set -e; for one in $(LINUX); do \
        		docker manifest annotate --os linux --arch $${one#linux-} $(LIST):$(TAG) $(BASE):$(TAG)-$${one}; \
        	done

        builds: annotate
        	$(foreach os,ltsc2019 ltsc2022,sed -i -r "s/(\"os\"\:\"windows\")/\0,\"os.version\":\"$(BUILD.$(os))\"/" "$${HOME}/.docker/manifests/$(FOLDER)/$(FILE)-windows-amd64-$(os)";)
        """;
}
