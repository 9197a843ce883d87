using Parley.Server.Events;
using Parley.Server.Scheduling;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>What every connection works on: one of each in a server.</summary>
/// <param name="Database">Where is read.</param>
/// <param name="Writes">Where is written.</param>
/// <param name="FanOut">Where everything leaves by.</param>
/// <param name="Pages">Where pages are made.</param>
/// <param name="Time">The clock.</param>
internal sealed record ServerCore(Database Database, WriteQueue Writes, FanOut FanOut, PageScheduler Pages, TimeProvider Time);
