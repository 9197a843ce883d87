using Parley.Server.Storage.Postgres;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Storage;

/// <summary>Where a server's data is, by what the command line says: held by one server at a time, from <see cref="Take"/> to its end.</summary>
internal abstract class DatabasePlace : IDisposable
{
    /// <summary>Where a running server hears its operator, without the ending.</summary>
    public abstract string SocketBase { get; }

    /// <summary>The place that was named: a file, or an address of PostgreSQL.</summary>
    /// <exception cref="Hosting.StartupException">There can be no database; the message says why.</exception>
    public static DatabasePlace Find(string named) => PostgresAddress.IsOne(named) ? new PostgresPlace(named) : new FilePlace(named);

    /// <summary>Keeps other servers out, and looks at what is there; nothing is written.</summary>
    /// <exception cref="Hosting.StartupException">It is another server's, or no database of ours.</exception>
    public abstract void Take();

    /// <summary>Opens what was taken, and brings its schema up to date.</summary>
    /// <exception cref="Hosting.StartupException">It cannot be opened.</exception>
    public abstract Database Open(TimeProvider time);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private sealed class FilePlace : DatabasePlace
    {
        private readonly string _path;
        private SqliteFileLock? _lock;

        public FilePlace(string named)
        {
            _path = SqlitePath.Resolve(named);
            SqliteFile.CheckFolder(_path);
        }

        public override string SocketBase => _path;

        // The lock first: from then on nothing here but the database itself opens the file.
        public override void Take()
        {
            _lock = SqliteFileLock.Take(_path);
            SqliteFile.Check(_path);
        }

        public override Database Open(TimeProvider time) => SqliteFile.Open(_path, time);

        protected override void Dispose(bool disposing) => _lock?.Dispose();
    }

    private sealed class PostgresPlace(string named) : DatabasePlace
    {
        private readonly PostgresAddress _address = PostgresAddress.Parse(named);

        // In the folder that the server was started in, as a file's name without a folder would be.
        public override string SocketBase => Path.GetFullPath(_address.FileName);

        public override void Take()
        {
            // PostgreSQL's own lock is held by a connection, which Open makes.
        }

        public override Database Open(TimeProvider time) => PostgresDatabase.Open(_address, time);

        protected override void Dispose(bool disposing)
        {
        }
    }
}
