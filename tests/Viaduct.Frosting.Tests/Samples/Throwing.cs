using Cake.Core;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

/// <summary>The ways to fail and to be cancelled.</summary>
public static class Throwing
{
    public sealed class Plain() : ThrowTask(() => new InvalidOperationException("the {kiln} is cold", new IOException("no gas")));

    public sealed class Code42() : ThrowTask(() => new CakeException(42, "half past"));

    public sealed class Code256() : ThrowTask(() => new CakeException(256, "a byte too far"));

    public sealed class Several() : ThrowTask(() =>
        new AggregateException(new InvalidOperationException("first"), new CakeException(7, "second"), new OperationCanceledException()));

    public sealed class Cancelled() : ThrowTask(() => new OperationCanceledException());

    public sealed class CancelledInCake() : ThrowTask(() => new CakeException("stopped", new TaskCanceledException()));

    public sealed class CancelledInParallel() : ThrowTask(() =>
        new AggregateException(new OperationCanceledException(), new AggregateException(new TaskCanceledException())));

    public sealed class TimedOut() : ThrowTask(() => new TaskCanceledException("too slow", new TimeoutException()));

    [ContinueOnError]
    public sealed class Tolerated() : ThrowTask(() => new InvalidOperationException("never mind"));

    [ContinueOnError]
    public sealed class ToleratedButCancelled() : ThrowTask(() => new OperationCanceledException());

    public sealed class Handled() : ThrowTask(() => new InvalidOperationException("known"))
    {
        public override void OnError(Exception exception, SampleContext context) => context.Say($"handled:{exception.Message}");
        public override void Finally(SampleContext context) => context.Say("finally");
    }

    [IsDependentOn(typeof(Tolerated))]
    [IsDependentOn(typeof(Handled))]
    public sealed class AfterTolerated : FrostingTask<SampleContext>
    {
        public override void Run(SampleContext context) => context.Say("went-on");
    }

    [IsDependentOn(typeof(ToleratedButCancelled))]
    public sealed class AfterCancelled : FrostingTask<SampleContext>
    {
        public override void Run(SampleContext context) => context.Say("went-on");
    }
}
