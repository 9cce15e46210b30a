using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Viaduct.Server;

/// <summary>Counts a body that says no length.</summary>
internal sealed class CountedBody(PipeReader body) : PipeReader, IRequestBodyPipeFeature
{
    private ReadOnlySequence<byte> _last;

    public long Count { get; private set; }

    public PipeReader Reader => this;

    public static void Watch(Exchange exchange)
    {
        if (exchange.Http.Request.Headers.TransferEncoding.Count > 0)
            exchange.Http.Features.Set<IRequestBodyPipeFeature>(new CountedBody(exchange.Http.Request.BodyReader));
    }

    /// <summary>How many bytes a request brought, as far as they were wanted.</summary>
    public static long Of(Exchange exchange) =>
        exchange.Http.Features.Get<IRequestBodyPipeFeature>() is CountedBody counted ? counted.Count : exchange.Http.Request.ContentLength ?? 0;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_last.IsEmpty) Count += _last.Slice(0, consumed).Length;
        _last = default;
        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => body.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Seen(await body.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        if (!body.TryRead(out result)) return false;
        Seen(result);
        return true;
    }

    private ReadResult Seen(ReadResult result)
    {
        _last = result.Buffer;
        return result;
    }
}
