using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>The data of a server that does not run: nobody is to be told.</summary>
internal sealed class StoppedData(Database database, TimeProvider time) : IAdminData
{
    public long Now => WireTime.ToMicroseconds(time.GetUtcNow());

    public T Read<T>(Func<DatabaseConnection, T> read) => database.Read(read);

    public Task<AdminAnswer> WriteAsync(Func<DatabaseConnection, AdminChange> write, CancellationToken cancellationToken)
    {
        database.Writer.Prepare("BEGIN IMMEDIATE").Execute();
        var answer = write(database.Writer).Answer; // What fails ends the process, and the transaction with it.
        database.Writer.Prepare(answer.Ok ? "COMMIT" : "ROLLBACK").Execute();
        return Task.FromResult(answer);
    }
}
