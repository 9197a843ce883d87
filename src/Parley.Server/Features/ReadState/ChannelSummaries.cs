using System.Globalization;
using System.Text;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.ReadState;

/// <summary>Channels and conversations as they are told: in <c>ready</c>, and in the pages that go on from it.</summary>
internal static class ChannelSummaries
{
    /// <summary>The cursor of the first page of conversations: below every id.</summary>
    public const string FirstPage = "9223372036854775807";

    // What stands around a channel's name and description: the field names and five numbers.
    private const int FieldBytes = 200;

    /// <summary>The first of <paramref name="channels"/> that fit; at least one.</summary>
    public static IReadOnlyList<ChannelSummary> Fitting(IReadOnlyList<ChannelSummary> channels, int bytes)
    {
        for (var i = 0; i < channels.Count; i++)
        {
            // A quotation mark in a description takes two bytes.
            bytes -= FieldBytes + channels[i].Name.Length + Encoding.UTF8.GetByteCount(channels[i].Description) + channels[i].Description.AsSpan().CountAny('"', '\\');
            if (bytes < 0 && i > 0)
                return [.. channels.Take(i)];
        }

        return channels;
    }

    public static ChannelState[] ToChannels(IEnumerable<ChannelSummary> channels) =>
        [.. channels.Select(c => new ChannelState(c.Id, c.Name, c.Description, c.LastNumber, c.ReadNumber, c.Unread, c.Mentions))];

    public static ChannelEntry[] ToEntries(IEnumerable<ChannelSummary> channels) =>
        [.. channels.Select(c => new ChannelEntry(c.Id, c.Name, c.Description, c.LastNumber, c.ReadNumber, c.Unread, c.Mentions))];

    public static ConversationState[] ToConversations(IEnumerable<ChannelSummary> conversations) =>
        [.. conversations.Select(c => new ConversationState(
            c.Id, c.With ?? new SelfState(default, ""), c.LastNumber, c.ReadNumber, c.Unread, c.Mentions, new MessageId(c.LastMessageId)))];

    /// <summary>Whether what is told of these channels already includes an event; an event of another channel is told by itself.</summary>
    public static Func<ServerEvent, bool> IsIncludedIn(IEnumerable<ChannelSummary> told)
    {
        var lastNumbers = told.ToDictionary(c => c.Id, c => c.LastNumber);
        return happened => happened.Position is { } at && lastNumbers.TryGetValue(at.Channel, out var last) && at.Number <= last;
    }

    /// <summary>The id below which a page begins; null for a cursor that is none.</summary>
    public static long? IdOf(string? cursor) =>
        cursor is null ? long.MaxValue : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
