# check=skip=StageNameCasing;error=true
FROM scratch As Base
#? --build-arg BUILDKIT_DOCKERFILE_CHECK=skip=FromAsCasing
