using System.Text.Json;
using Parley.Client.Connection;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Faults.Clients;

/// <summary>
/// Writes down each acknowledgement as it comes in, before the library has it: by the time that it shows, the message may stand in the log already.
/// </summary>
internal sealed class RecordedWire(IWire wire, Journal journal) : IWire
{
    public async Task<WireResult> ConnectAsync(ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken)
    {
        var result = await wire.ConnectAsync(server, pin, cancellationToken);
        return result is WireResult.Connected { Stream: var stream } ? new WireResult.Connected(new RecordedStream(stream, journal)) : result;
    }

    private sealed class RecordedStream(Stream inner, Journal journal) : Stream
    {
        private byte[] _received = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Look(buffer.Span[..count]);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private void Look(ReadOnlySpan<byte> received)
        {
            _received = [.. _received, .. received];
            while (FrameReader.TryRead(_received, out var payload, out var consumed) == FrameStatus.Complete)
            {
                if (FrameHead.Read(payload.Span).Type == "ack" && JsonSerializer.Deserialize(payload.Span, ProtocolJson.Default.Ack) is { } ack)
                    journal.Write(new JournalLine("ack") { Nonce = ack.Nonce, Channel = ack.ChannelId.Value, Number = ack.Number });
                _received = _received[consumed..];
            }
        }
    }
}
