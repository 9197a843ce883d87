using Parley.Server.Commands;

namespace Parley.Server.Features;

/// <summary>
/// What each command costs, in points of about a tenth of a millisecond of the server's work; docs/protocol.md, "Limits", has the same table, and a test
/// compares the two. A command without a line here cannot be mapped.
/// </summary>
internal static class CommandCosts
{
    public static IReadOnlyDictionary<string, Cost> All { get; } = new Dictionary<string, Cost>(StringComparer.Ordinal)
    {
        ["hello"] = new(5),
        ["auth_login"] = new(10),
        ["auth_register"] = new(10),
        ["logout"] = new(5),
        ["password_change"] = new(20),
        ["session_list"] = new(5),
        ["session_end"] = new(5),
        ["session_end_others"] = new(10),
        ["ping"] = new(1),
        ["message"] = new(4, Rate.Message),
        ["action"] = new(4, Rate.Message),
        ["message_edit"] = new(5, Rate.Change),
        ["message_delete"] = new(5, Rate.Change),
        ["reaction_add"] = new(5, Rate.Change),
        ["reaction_remove"] = new(5, Rate.Change),
        ["reaction_list"] = new(5),
        ["private_message"] = new(5, Rate.Message),
        ["conversation_open"] = new(10),
        ["conversation_list"] = new(5),
        ["history"] = new(5),
        ["read"] = new(2),
        ["channel_create"] = new(20),
        ["channel_list"] = new(10),
        ["channel_join"] = new(10),
        ["channel_leave"] = new(2),
        ["user_list"] = new(20),
        ["member_list"] = new(5),
        ["profile"] = new(2),
        ["status_set"] = new(10),
        ["idle"] = new(5),
    };
}
