namespace Parley.Server.Doors.Frames;

/// <summary>What <see cref="FrameInput"/> found.</summary>
internal enum FrameReadResult
{
    /// <summary>A whole frame.</summary>
    Whole,

    /// <summary>The peer has finished.</summary>
    Ended,

    /// <summary>A longer payload is announced than may come.</summary>
    TooLong,

    /// <summary>Too many long frames are under way, of all connections together.</summary>
    OutOfMemory,
}
