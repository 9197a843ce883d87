using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>The data of this server, which runs.</summary>
/// <param name="database">Where to read.</param>
/// <param name="writes">Where to write.</param>
/// <param name="close">Closes the connections of a session that was ended.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveData(Database database, WriteQueue writes, Action<long, Protocol.Features.Closing> close, TimeProvider time) : IAdminData
{
    public long Now => WireTime.ToMicroseconds(time.GetUtcNow());

    public T Read<T>(Func<DatabaseConnection, T> read) => database.Read(read);

    public Task<AdminAnswer> WriteAsync(Func<DatabaseConnection, AdminChange> write, CancellationToken cancellationToken)
    {
        var item = new AdminWrite(write, close);
        return writes.Post(item) ? item.Task.WaitAsync(cancellationToken) : Task.FromResult(AdminAnswer.Refuse("The server is shutting down."));
    }

    private sealed class AdminWrite(Func<DatabaseConnection, AdminChange> write, Action<long, Protocol.Features.Closing> close) : WriteItem
    {
        private readonly TaskCompletionSource<AdminAnswer> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private AdminChange _change = AdminChange.Refuse("");

        public Task<AdminAnswer> Task => _completion.Task;

        public override bool Run(DatabaseConnection transaction)
        {
            _change = write(transaction);
            return _change.Answer.Ok;
        }

        public override void Committed(ICollection<IFanOutItem> output)
        {
            if (_change.Answer.Ok)
                output.Add(new Telling(_change.Events));
        }

        public override void Posted()
        {
            if (_change is { Answer.Ok: true, Closing: { } closing })
            {
                foreach (var session in _change.EndedSessions)
                    close(session, closing);
            }

            _completion.TrySetResult(_change.Answer);
        }

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => _completion.TrySetException(reason);
    }

    private sealed class Telling(IReadOnlyList<ServerEvent> events) : IFanOutItem
    {
        public void Apply(FanOut fanOut)
        {
            foreach (var happened in events)
                fanOut.Deliver(happened);
        }
    }
}
