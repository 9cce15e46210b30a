# check=skip=FromAsCasing, StageNameCasing;error=true
FROM scratch As Base
