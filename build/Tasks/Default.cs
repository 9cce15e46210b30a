using Cake.Frosting;

namespace Build.Tasks;

[TaskName("Default")]
[TaskDescription("The main job: from images/ to lists that are proven to work on every platform")]
[IsDependentOn(typeof(SignImages))]
public sealed class Default : FrostingTask<BuildContext>;
