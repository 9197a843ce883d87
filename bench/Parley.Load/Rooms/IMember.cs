namespace Parley.Load.Rooms;

/// <summary>Somebody in a room, whatever protocol the server speaks.</summary>
internal interface IMember
{
    Tally Tally { get; }

    /// <summary>Messages of this member that the server acknowledged or refused; protocols without acknowledgements count nothing.</summary>
    long Acknowledged { get; }

    long Refused { get; }

    string? EndReason { get; }

    void Say(Stamp stamp, int length);

    void End();
}
