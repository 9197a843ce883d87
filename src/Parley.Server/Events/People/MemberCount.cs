namespace Parley.Server.Events.People;

/// <summary>How many accounts there are; on any thread.</summary>
internal sealed class MemberCount
{
    private long _count;

    public long Value => Volatile.Read(ref _count);

    public void Add(long count) => Interlocked.Add(ref _count, count);
}
