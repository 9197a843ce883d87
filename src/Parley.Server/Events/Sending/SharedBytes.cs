namespace Parley.Server.Events.Sending;

/// <summary>Bytes that several receivers share. Once an outbox keeps them, their array is theirs and is not written again.</summary>
internal sealed class SharedBytes(byte[] array)
{
    private int _holders;

    public byte[] Array { get; } = array;

    /// <summary>Set by an outbox that could not send at once.</summary>
    public bool IsKept { get; set; }

    /// <summary>One outbox more keeps them. They are in memory once, and count once.</summary>
    public void Hold(WaitingBytes all)
    {
        if (Interlocked.Increment(ref _holders) == 1)
            all.Add(Array.Length);
    }

    public void LetGo(WaitingBytes all)
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            all.Add(-Array.Length);
    }
}
